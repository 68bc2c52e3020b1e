/** Prints figures as they come, and remembers whether all were as they must be. */
export class Report {
  hasFailed = false

  section(title: string): void {
    console.log(`\n${title}`)
  }

  row(subject: string, figures: string, isRight: boolean): void {
    if (!isRight) this.hasFailed = true
    console.log(`  ${isRight ? 'ok  ' : 'FAIL'} ${subject.padEnd(58)} ${figures}`)
  }

  note(text: string): void {
    console.log(`       ${text}`)
  }
}

export const seconds = (value: number) => `${value.toFixed(1)} s`
