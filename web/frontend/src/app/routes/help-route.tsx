import { HelpPage } from "@/features/help/pages/help-page";

export function HelpRoute() {
  return <HelpPage />;
}
