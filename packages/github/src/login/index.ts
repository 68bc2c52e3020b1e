export { githubLogin } from './github-login.ts'
