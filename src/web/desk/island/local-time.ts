/** Times as `<input type="datetime-local">` has them, in the zone of the browser. */

const two = (n: number): string => String(n).padStart(2, '0');

/** @param seconds Unix time. */
export function localTime(seconds: number): string {
  const time = new Date(seconds * 1000);
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day}T${two(time.getHours())}:${two(time.getMinutes())}`;
}

/** Unix seconds; null for what is no time yet. */
export function parseLocalTime(text: string): number | null {
  const milliseconds = new Date(text).getTime();
  return Number.isNaN(milliseconds) || milliseconds < 0 ? null : Math.floor(milliseconds / 1000);
}
