import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const configFile = fileURLToPath(new URL('../tsconfig.base.json', import.meta.url))

/**
 * What the compiler says of blocks of code, each compiled as a file of its own: file, line of the block, message.
 *
 * @param blocks Code by file name.
 * @param directory Where the packages that the blocks import are found.
 */
export function compileBlocks(blocks: ReadonlyMap<string, string>, directory: URL): string[] {
  const folder = fileURLToPath(directory)
  const files = new Map([...blocks].map(([name, code]) => [join(folder, name), code]))
  const options = readOptions()
  const host = ts.createCompilerHost(options)
  const disk = ts.createCompilerHost(options)
  host.fileExists = (path) => files.has(path) || disk.fileExists(path)
  host.readFile = (path) => files.get(path) ?? disk.readFile(path)
  host.getSourceFile = (path, language, ...rest) => {
    const code = files.get(path)
    return code === undefined
      ? disk.getSourceFile(path, language, ...rest)
      : ts.createSourceFile(path, code, language)
  }
  const program = ts.createProgram([...files.keys()], options, host)
  const diagnostics = [...files.keys()].flatMap((path) => {
    const file = program.getSourceFile(path)
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
  })
  return diagnostics.map((diagnostic) => describe(diagnostic, folder))
}

function readOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(configFile, (path) => ts.sys.readFile(path)) as { config: object }
  const parsed = ts.parseJsonConfigFileContent({ ...config, files: [] }, ts.sys, join(configFile, '..'))
  return {
    ...parsed.options,
    // A block is a module, whether it imports anything or not.
    moduleDetection: ts.ModuleDetectionKind.Force,
    // `process.env.NAME`, as apps write it.
    noPropertyAccessFromIndexSignature: false,
  }
}

function describe({ file, start = 0, messageText }: ts.Diagnostic, folder: string): string {
  const text = ts.flattenDiagnosticMessageText(messageText, '\n')
  if (!file) return text
  const { line } = file.getLineAndCharacterOfPosition(start)
  return `${file.fileName.slice(folder.length)}:${line + 1} ${text}`
}
