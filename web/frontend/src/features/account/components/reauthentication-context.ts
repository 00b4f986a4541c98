import { createContext, useContext } from "react";

/** Runs a step; where the service wants the password once more, asks for it and runs the step again. */
export type Confirmed = <Result>(step: () => Promise<Result>) => Promise<Result>;

export const ReauthenticationContext = createContext<Confirmed>((step) => step());

export function useReauthentication(): Confirmed {
  return useContext(ReauthenticationContext);
}
