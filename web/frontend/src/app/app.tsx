import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useState } from "react";

import { UploadsProvider } from "@/features/upload/uploads-context";
import { createQueryClient } from "@/shared/api/query-client";
import { LanguageProvider } from "@/shared/i18n/language-context";
import type { Language } from "@/shared/i18n/languages";

import { ErrorBoundary } from "./error-boundary";
import { createAppRouter } from "./router";
import { theme } from "./theme";

export function App({ language }: { language: Language }) {
  const [queryClient] = useState(createQueryClient);
  const [router] = useState(() => createAppRouter(queryClient));
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <LanguageProvider initial={language}>
        <Notifications position="bottom-center" containerWidth={420} />
        <ErrorBoundary>
          <QueryClientProvider client={queryClient}>
            <UploadsProvider>
              <RouterProvider router={router} />
            </UploadsProvider>
          </QueryClientProvider>
        </ErrorBoundary>
      </LanguageProvider>
    </MantineProvider>
  );
}
