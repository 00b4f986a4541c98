import { ConnectionLost } from "@/shared/api/problem";

import { SendRefused, type Transport } from "./ports";

/** Set by the browser itself; naming them is an error to it. */
const BROWSERS_OWN = new Set(["content-length", "host"]);
/** Without a sign of progress for so long, a connection counts as lost. */
const SILENCE = 60_000;

/** XMLHttpRequest, since fetch still says nothing about how much has been sent. */
export const xhrTransport: Transport = {
  send: (file, presignedUpload, onProgress, signal) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      let timer = 0;
      const listen = () => {
        clearTimeout(timer);
        timer = window.setTimeout(() => {
          request.abort();
          reject(new ConnectionLost("silence"));
        }, SILENCE);
      };
      const abort = () => {
        request.abort();
        reject(new DOMException("The upload was called off.", "AbortError"));
      };
      request.upload.addEventListener("progress", (event) => {
        listen();
        onProgress(Math.min(event.loaded, file.size));
      });
      request.addEventListener("load", () => {
        if (request.status >= 200 && request.status < 300) resolve();
        else reject(new SendRefused(request.status));
      });
      request.addEventListener("error", () => reject(new ConnectionLost("network")));
      request.addEventListener("loadend", () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", abort);
      });
      if (signal.aborted) {
        abort();
        return;
      }
      signal.addEventListener("abort", abort);
      request.open(presignedUpload.method, presignedUpload.url);
      for (const [name, value] of Object.entries(presignedUpload.headers)) {
        if (!BROWSERS_OWN.has(name.toLowerCase())) request.setRequestHeader(name, value);
      }
      listen();
      request.send(file);
    }),
};
