/**
 * What the promise comes to, if it does in time: a signer that hangs must not hold up what stands behind it.
 *
 * @throws Error when the time is over; what the promise is rejected with
 */
export function within<T>(seconds: number, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${seconds} seconds`)), seconds * 1000);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
