import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { render, type RenderResult } from "@testing-library/react";
import type { ReactNode } from "react";

import { createQueryClient } from "@/shared/api/query-client";
import { LanguageProvider } from "@/shared/i18n/language-context";
import type { Language } from "@/shared/i18n/languages";

/** Render with everything a component may expect above it, except a router. */
export function renderInPage(content: ReactNode, { language = "en" }: { language?: Language } = {}): RenderResult {
  const client = createQueryClient();
  client.setDefaultOptions({ queries: { retry: false }, mutations: { retry: false } });
  return render(
    <QueryClientProvider client={client}>
      <MantineProvider env="test">
        <LanguageProvider initial={language}>
          <Notifications />
          {content}
        </LanguageProvider>
      </MantineProvider>
    </QueryClientProvider>,
  );
}

interface Exchange {
  method: string;
  path: string;
  body: unknown;
}

type Reply = (exchange: Exchange) => { status?: number; body?: unknown } | undefined;

/** Answer the page's requests instead of the service. Returns the requests, in order. */
export function answerRequests(reply: Reply): Exchange[] {
  const asked: Exchange[] = [];
  globalThis.fetch = async (input, init) => {
    const request = new Request(input instanceof Request ? input : new URL(String(input), location.origin), init);
    const text = await request.text();
    const url = new URL(request.url);
    const exchange = {
      method: request.method,
      path: url.pathname + url.search,
      body: text ? (JSON.parse(text) as unknown) : null,
    };
    asked.push(exchange);
    const { status = 200, body = {} } = reply(exchange) ?? { status: 404 };
    return new Response(status === 204 || status === 304 ? null : JSON.stringify(body), {
      status,
      headers: { "Content-Type": "application/json" },
    });
  };
  return asked;
}
