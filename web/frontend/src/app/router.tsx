import { noop, type QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  type ErrorComponentProps,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";

import { albumQuery } from "@/features/albums/api/albums";
import { timelineOf } from "@/features/review/api/timeline";
import { readReviewSearch } from "@/features/review/review-search";
import { Problem } from "@/shared/api/problem";
import { sessionQuery } from "@/shared/api/session-query";
import { PageError } from "@/shared/components/page-error";
import { PageLoading } from "@/shared/components/page-loading";
import { usePageTitle } from "@/shared/hooks/use-page-title";
import { useMessages } from "@/shared/i18n/language-context";
import { loadMoreTexts } from "@/shared/i18n/texts";

import { Shell } from "./shell/shell";

/**
 * Every page, each loaded with its route. The addresses are also known to Django (`web/pages.py` says which are ours)
 * and to the mails it sends (`HEADLESS_FRONTEND_URLS`).
 */
const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({ component: Outlet });

function safeNext(value: unknown): string | undefined {
  // Only a path of this site: an address in the link must not lead anybody away after the sign-in.
  return typeof value === "string" && /^\/(?![/\\])/.test(value) ? value : undefined;
}

function readNext(search: Record<string, unknown>): { next?: string } {
  const next = safeNext(search.next);
  return next ? { next } : {};
}

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/account/login",
  validateSearch: readNext,
  component: lazyRouteComponent(() => import("./routes/auth-routes"), "SignInRoute"),
});

const signUp = createRoute({
  getParentRoute: () => root,
  path: "/account/signup",
  validateSearch: readNext,
  component: lazyRouteComponent(() => import("./routes/auth-routes"), "SignUpRoute"),
});

const requestReset = createRoute({
  getParentRoute: () => root,
  path: "/account/password/reset",
  component: lazyRouteComponent(() => import("./routes/auth-routes"), "RequestResetRoute"),
});

const resetPassword = createRoute({
  getParentRoute: () => root,
  path: "/account/password/reset/$key",
  component: lazyRouteComponent(() => import("./routes/auth-routes"), "ResetPasswordRoute"),
});

const verifyEmail = createRoute({
  getParentRoute: () => root,
  path: "/account/verify-email/$key",
  component: lazyRouteComponent(() => import("./routes/auth-routes"), "VerifyEmailRoute"),
});

/** Every page below it needs a signed-in person and has the header. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: "signed-in",
  beforeLoad: async ({ context, location }) => {
    const user = await context.queryClient.query({ ...sessionQuery, staleTime: "static" });
    if (!user) throw redirect({ to: "/account/login", search: { next: location.href } });
  },
  loader: () => loadMoreTexts("pages"),
  component: Shell,
});

const home = createRoute({
  getParentRoute: () => signedIn,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/albums", replace: true });
  },
});

const albums = createRoute({
  getParentRoute: () => signedIn,
  path: "/albums",
  component: lazyRouteComponent(() => import("./routes/albums-route"), "AlbumsRoute"),
});

const account = createRoute({
  getParentRoute: () => signedIn,
  path: "/account",
  component: lazyRouteComponent(() => import("./routes/account-route"), "AccountRoute"),
});

const album = createRoute({
  getParentRoute: () => signedIn,
  path: "/albums/$albumId",
  loader: ({ context, params }) => context.queryClient.query({ ...albumQuery(params.albumId), staleTime: "static" }),
  component: lazyRouteComponent(() => import("./routes/album-layout"), "AlbumLayout"),
});

/** Redirects to the section that matters: upload while the album is empty, progress while it is analyzed. */
const albumIndex = createRoute({
  getParentRoute: () => album,
  path: "/",
  beforeLoad: async ({ context, params }) => {
    const found = await context.queryClient.query({ ...albumQuery(params.albumId), staleTime: 0 });
    const isGrouped = found.grouping === "current" || found.cluster_count > 0;
    const to =
      found.photo_count === 0
        ? "/albums/$albumId/upload"
        : isGrouped
          ? "/albums/$albumId/review"
          : "/albums/$albumId/progress";
    throw redirect({ to, params, replace: true });
  },
});

const upload = createRoute({
  getParentRoute: () => album,
  path: "/upload",
  component: lazyRouteComponent(() => import("./routes/upload-route"), "UploadRoute"),
});

const progress = createRoute({
  getParentRoute: () => album,
  path: "/progress",
  component: lazyRouteComponent(() => import("./routes/progress-route"), "ProgressRoute"),
});

const review = createRoute({
  getParentRoute: () => album,
  path: "/review",
  validateSearch: readReviewSearch,
  loaderDeps: ({ search }) => search,
  // Asked for while the page itself is still being loaded, and not waited for: the page says what is amiss.
  loader: ({ context, params, deps }) => {
    context.queryClient.query(timelineOf(params.albumId, deps)).catch(noop);
  },
  component: lazyRouteComponent(() => import("./routes/review-route"), "ReviewRoute"),
});

const download = createRoute({
  getParentRoute: () => album,
  path: "/download",
  component: lazyRouteComponent(() => import("./routes/download-route"), "DownloadRoute"),
});

const share = createRoute({
  getParentRoute: () => album,
  path: "/share",
  component: lazyRouteComponent(() => import("./routes/share-route"), "ShareRoute"),
});

const print = createRoute({
  getParentRoute: () => album,
  path: "/print",
  component: lazyRouteComponent(() => import("./routes/print-route"), "PrintRoute"),
});

const IDS = /^[0-9a-f-]{36}(?:,[0-9a-f-]{36}){0,3}$/;

/** Outside the album's layout, so that all the space is for the photos. */
const compare = createRoute({
  getParentRoute: () => signedIn,
  path: "/albums/$albumId/compare",
  staticData: { fillsWindow: true },
  validateSearch: (search): { photos?: string; cluster?: string } => ({
    ...(typeof search.photos === "string" && IDS.test(search.photos) ? { photos: search.photos } : {}),
    ...(typeof search.cluster === "string" && IDS.test(search.cluster) ? { cluster: search.cluster } : {}),
  }),
  component: lazyRouteComponent(() => import("./routes/compare-route"), "CompareRoute"),
});

const help = createRoute({
  getParentRoute: () => signedIn,
  path: "/help",
  component: lazyRouteComponent(() => import("./routes/help-route"), "HelpRoute"),
});

const routeTree = root.addChildren([
  signIn,
  signUp,
  requestReset,
  resetPassword,
  verifyEmail,
  signedIn.addChildren([
    home,
    albums,
    account,
    help,
    album.addChildren([albumIndex, upload, progress, review, download, share, print]),
    compare,
  ]),
]);

function RouteError({ error, reset }: ErrorComponentProps) {
  return (
    <PageError
      error={error}
      onRetry={() => {
        reset();
        location.reload();
      }}
    />
  );
}

function NotFound() {
  usePageTitle(useMessages("page-error")("notFound"));
  return <PageError error={new Problem({ code: "not_found", status: 404, detail: "" })} />;
}

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    defaultPendingComponent: PageLoading,
    defaultErrorComponent: RouteError,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
  interface StaticDataRouteOption {
    /** Without the header, and as high as the window. */
    fillsWindow?: boolean;
  }
}
