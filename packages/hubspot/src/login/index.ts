export { hubspotLogin } from './hubspot-login.ts'
