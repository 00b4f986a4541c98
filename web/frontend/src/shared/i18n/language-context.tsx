import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";

import { type Catalogue, type Language, LANGUAGES, type Translate, translator } from "./catalogue";
import { createFormat, type Format } from "./format";

const STORAGE_KEY = "language";

interface LanguageState {
  language: Language;
  setLanguage: (language: Language) => void;
}

const LanguageContext = createContext<LanguageState | null>(null);

function isLanguage(text: string | null | undefined): text is Language {
  return LANGUAGES.some((language) => language === text);
}

/** The language chosen here before, else the first of the browser's that there is, else English. */
export function preferredLanguage(): Language {
  const chosen = localStorage.getItem(STORAGE_KEY);
  if (isLanguage(chosen)) return chosen;
  return navigator.languages.map((tag) => tag.split("-")[0]).find(isLanguage) ?? "en";
}

export function LanguageProvider({ initial, children }: { initial?: Language; children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(() => initial ?? preferredLanguage());
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const state = useMemo<LanguageState>(
    () => ({
      language,
      setLanguage: (next) => {
        localStorage.setItem(STORAGE_KEY, next);
        setLanguage(next);
      },
    }),
    [language],
  );
  return <LanguageContext value={state}>{children}</LanguageContext>;
}

export function useLanguage(): LanguageState {
  const state = useContext(LanguageContext);
  if (!state) throw new Error("There is no LanguageProvider above.");
  return state;
}

/** The texts of a catalogue in the language of the page. */
export function useMessages<const English extends Catalogue["en"]>(catalogue: Catalogue<English>): Translate<English> {
  return translator(catalogue, useLanguage().language);
}

/** Numbers, sizes, dates and spans of time as the language writes them. */
export function useFormat(): Format {
  const { language } = useLanguage();
  return useMemo(() => createFormat(language), [language]);
}
