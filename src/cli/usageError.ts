/** What was asked for can not be meant: exit code 2, where a failure has 1. */
export class UsageError extends Error {}

/** Runs checks whose errors are about what was asked for. */
export function asUsage<Result>(check: () => Result): Result {
  try {
    return check()
  } catch (reason) {
    if (reason instanceof UsageError) throw reason
    throw new UsageError(reason instanceof Error ? reason.message : String(reason), {
      cause: reason,
    })
  }
}
