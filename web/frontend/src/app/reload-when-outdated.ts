const KEY = "reloaded-for";

/**
 * A page that was open over two builds may miss a part of itself that it has not loaded yet: loading the page again
 * brings the new one. Once for each part, so that a part that is missing for good ends in an error and not in a circle.
 *
 * The router does this for scripts, when a page that needs one is opened. Here it is done for their styles, over which
 * Vite gives up the script too. https://vite.dev/guide/build.html#load-error-handling
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
