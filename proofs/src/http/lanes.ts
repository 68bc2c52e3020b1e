/** Runs `calls` pieces of work, `lanes` at a time. */
export async function inLanes(
  calls: number,
  lanes: number,
  work: (index: number, lane: number) => Promise<void>,
): Promise<void> {
  let next = 0
  const run = async (lane: number) => {
    for (let index = next++; index < calls; index = next++) await work(index, lane)
  }
  await Promise.all(Array.from({ length: lanes }, (_, lane) => run(lane)))
}
