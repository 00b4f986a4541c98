const KEY = "reloaded-for";

/**
 * A page that stayed open during an upgrade may need a file of the old build that is gone. Reloading the page brings the
 * new build. It reloads once for each file, so that a file that is missing permanently ends in an error, not in a loop.
 *
 * The router does this for scripts, when a page that needs one is opened. Here it is done for their styles, without
 * which Vite gives up the script too. https://vite.dev/guide/build.html#load-error-handling
 */
export function reloadWhenOutdated(reload: () => void = () => location.reload()): () => void {
  const onError = (event: VitePreloadErrorEvent) => {
    const { message } = event.payload;
    if (!message.startsWith("Unable to preload CSS") || sessionStorage.getItem(KEY) === message) return;
    sessionStorage.setItem(KEY, message);
    reload();
  };
  addEventListener("vite:preloadError", onError);
  return () => removeEventListener("vite:preloadError", onError);
}
