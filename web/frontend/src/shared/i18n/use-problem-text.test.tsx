import { render, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { ConnectionLost, problemOf } from "@/shared/api/problem";

import { LanguageProvider } from "./language-context";
import type { Language } from "./languages";
import { useProblemText } from "./use-problem-text";

function Said({ error }: { error: unknown }) {
  return <p>{useProblemText()(error)}</p>;
}

function said(error: unknown, language: Language): string {
  const { unmount } = render(
    <LanguageProvider initial={language}>
      <Said error={error} />
    </LanguageProvider>,
  );
  const text = screen.getByRole("paragraph").textContent;
  unmount();
  return text;
}

function answered(status: number, body: object, headers: HeadersInit = {}) {
  return problemOf(new Response(null, { status, headers }), { status, detail: "The service's own words.", ...body });
}

describe("a problem", () => {
  it("is said in the page's language by its code", () => {
    expect(said(answered(409, { code: "groups_changed" }), "sv")).toContain("Grupperna har ändrats");
    expect(said(answered(503, { code: "database_unavailable" }), "sv")).toContain("databas");
    expect(said(new ConnectionLost("network"), "sv")).toContain("går inte att nå");
  });

  it("is what the service says where the code is a new one, and never more than that of its own faults", () => {
    expect(said(answered(409, { code: "something_new" }), "sv")).toBe("The service's own words.");
    expect(said(answered(409, { code: "toString" }), "en")).toBe("The service's own words.");
    expect(said(answered(500, { code: "something_new" }), "en")).toContain("Something went wrong on the server");
  });

  it.each([
    ["bytes", 12_000_000_000, 12_345_000_000, "Dina bilder använder 12 GB av dina 12 GB."],
    ["photos", 20_000, 20_000, "Du har 20\u00a0000 av högst 20\u00a0000 bilder."],
    ["albums", 50, 50, "Du har 50 av högst 50 album."],
    ["exports", 20, 20, "Du har 20 av högst 20 zip-filer."],
    ["export_bytes", 12_000_000_000, 12_345_000_000, "Dina zip-filer tar 12 GB av högst 12 GB."],
    ["jobs", 3, 3, "3 av högst 3 av dina jobb körs."],
  ])("of a limit on %s says which, how much is used, and what to do", (quota, used, limit, sentence) => {
    const text = said(answered(403, { code: "quota_exceeded", quota, limit, used }), "sv");
    expect(text.startsWith(sentence)).toBe(true);
    expect(text.length).toBeGreaterThan(sentence.length + 10);
  });

  it("of a limit that is not known here is what the service says", () => {
    const quota = { quota: "tokens", limit: 1, used: 1 };
    expect(said(answered(403, { code: "quota_exceeded", ...quota }), "en")).toBe("The service's own words.");
  });

  it("of too many requests says how long to wait", () => {
    expect(said(answered(429, { code: "throttled" }, { "Retry-After": "90" }), "en")).toContain("in 2 mins");
    expect(said(answered(429, { code: "throttled" }), "en")).toContain("Wait a minute");
  });
});
