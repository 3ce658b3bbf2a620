/** Times and lengths of time as the panel writes them. */

const two = (value: number): string => String(value).padStart(2, '0');

/** `14:02:07` in UTC or in the zone of this machine; `seconds` false leaves them out. */
export function clockTime(iso: string | number, utc: boolean, seconds = true): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return '??:??';
  const [h, m, s] = utc
    ? [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()]
    : [date.getHours(), date.getMinutes(), date.getSeconds()];
  return seconds ? `${two(h)}:${two(m)}:${two(s)}` : `${two(h)}:${two(m)}`;
}

/** `2026-11-21`, in the same zone as `clockTime`. */
export function calendarDay(iso: string | number, utc: boolean): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return '';
  return utc
    ? date.toISOString().slice(0, 10)
    : `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** A running clock: `00:23:41`; past a day, `2 d 03:10:00`. */
export function elapsed(milliseconds: number): string {
  const total = Math.max(0, Math.floor(milliseconds / 1000));
  const days = Math.floor(total / 86_400);
  const clock = `${two(Math.floor(total / 3600) % 24)}:${two(Math.floor(total / 60) % 60)}:${two(total % 60)}`;
  return days > 0 ? `${days} d ${clock}` : clock;
}

/** A countdown: `12:04` below an hour, `3 h 12 min` above, where seconds no longer help anybody. */
export function countdown(milliseconds: number): string {
  const total = Math.max(0, Math.ceil(milliseconds / 1000));
  if (total < 3600) return `${two(Math.floor(total / 60))}:${two(total % 60)}`;
  return roughly(total * 1000);
}

/** A length in whole minutes or more: `6 min`, `1 h 4 min`, `2 d 3 h`. */
export function roughly(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 > 0 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
  return hours % 24 > 0 ? `${Math.floor(hours / 24)} d ${hours % 24} h` : `${Math.floor(hours / 24)} d`;
}
