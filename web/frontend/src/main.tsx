import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "./app/global.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./app/app";
import { reloadWhenOutdated } from "./app/reload-when-outdated";
import { listenForInstallPrompt } from "./app/shell/install-prompt";

reloadWhenOutdated();
listenForInstallPrompt();

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root.");
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
