import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "./app/global.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./app/app";
import { reloadWhenOutdated } from "./app/reload-when-outdated";
import { listenForInstallPrompt } from "./app/shell/install-prompt";
import { preferredLanguage } from "./shared/i18n/language-context";
import { loadTexts } from "./shared/i18n/texts";

reloadWhenOutdated();
listenForInstallPrompt();

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root.");
const language = preferredLanguage();
loadTexts(language).then(
  () =>
    createRoot(root).render(
      <StrictMode>
        <App language={language} />
      </StrictMode>,
    ),
  // Without texts it can be said only here.
  () =>
    root.append(
      "The texts of this page could not be loaded. Reload the page. · Sidans texter kunde inte hämtas. Ladda om sidan.",
    ),
);
