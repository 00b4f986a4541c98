import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "./global.css";

import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { createQueryClient } from "@/shared/api/query-client";
import { LanguageProvider, preferredLanguage } from "@/shared/i18n/language-context";
import { loadTexts } from "@/shared/i18n/texts";

import { ErrorBoundary } from "./error-boundary";
import { reloadWhenOutdated } from "./reload-when-outdated";
import { theme } from "./theme";

/**
 * Shows what `makePage` returns in the element #root, with all that is around a page. What is there before stays until
 * the texts, and what `makePage` waits for, are loaded.
 */
export function startPage(makePage: (client: QueryClient) => ReactNode | Promise<ReactNode>): void {
  reloadWhenOutdated();
  const root = document.getElementById("root");
  if (!root) throw new Error("The page has no #root.");
  const language = preferredLanguage();
  const client = createQueryClient();
  Promise.all([makePage(client), loadTexts(language)]).then(
    ([page]) =>
      createRoot(root).render(
        <StrictMode>
          <MantineProvider theme={theme} defaultColorScheme="auto">
            <LanguageProvider initial={language}>
              <Notifications position="bottom-center" containerWidth={420} />
              <ErrorBoundary>
                <QueryClientProvider client={client}>{page}</QueryClientProvider>
              </ErrorBoundary>
            </LanguageProvider>
          </MantineProvider>
        </StrictMode>,
      ),
    // Without texts it can be said only here.
    () =>
      root.append(
        "The texts of this page could not be loaded. Reload the page. · Sidans texter kunde inte hämtas. Ladda om sidan.",
      ),
  );
}
