import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";

import { createFormat, type Format } from "./format";
import { type Language, LANGUAGE_CODES } from "./languages";
import { perLanguage } from "./per-language";
import { loadTexts, type TextFile, type Translate, translator } from "./texts";

/** Made once: formats take long to make. */
const formats = perLanguage(createFormat);

const STORAGE_KEY = "language";

interface LanguageState {
  language: Language;
  /** Fails, and changes nothing, if the texts cannot be loaded. */
  setLanguage: (language: Language) => Promise<void>;
}

const LanguageContext = createContext<LanguageState | null>(null);

function isLanguage(text: string | null | undefined): text is Language {
  return LANGUAGE_CODES.some((language) => language === text);
}

/** The language chosen here before, else the first of the browser's that there is, else English. */
export function preferredLanguage(): Language {
  const chosen = localStorage.getItem(STORAGE_KEY);
  if (isLanguage(chosen)) return chosen;
  return navigator.languages.map((tag) => tag.split("-")[0]).find(isLanguage) ?? "en";
}

/** The texts of the initial language are loaded before. */
export function LanguageProvider({ initial, children }: { initial: Language; children: ReactNode }) {
  const [language, setLanguage] = useState(initial);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const state = useMemo<LanguageState>(
    () => ({
      language,
      setLanguage: async (next) => {
        await loadTexts(next);
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

/** The texts of a file in the language of the page. */
export function useMessages<File extends TextFile>(file: File): Translate<File> {
  return translator(file, useLanguage().language);
}

/** Numbers, sizes, dates and spans of time as the language writes them. */
export function useFormat(): Format {
  return formats(useLanguage().language);
}
