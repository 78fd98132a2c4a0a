// When the staff session has ended, the only thing to do is to sign in again and come back.
export function leave(fault) {
  if (fault.status !== 401) return false;
  location.assign(`/console/sign-in?ended=1&next=${encodeURIComponent(location.pathname)}`);
  return true;
}
