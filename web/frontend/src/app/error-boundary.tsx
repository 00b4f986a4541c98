import { Component, type ReactNode } from "react";

import { PageError } from "@/shared/components/page-error";

/** Catches errors that nothing else has caught. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    return <PageError error={this.state.error} onRetry={() => location.reload()} />;
  }
}
