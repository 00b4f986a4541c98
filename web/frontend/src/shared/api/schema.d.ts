// Generated from the OpenAPI schema by `npm run generate`. Do not edit.
export interface paths {
    "/api/v1/account/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Show who is signed in. */
        get: operations["account_retrieve"];
        put?: never;
        post?: never;
        /** @description Delete the account with its albums, photos, exports and tokens. The current password confirms it. */
        delete: operations["account_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description List the albums, the newest first. */
        get: operations["albums_list"];
        put?: never;
        /** @description Create an empty album. */
        post: operations["albums_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Show an album. */
        get: operations["albums_retrieve"];
        put?: never;
        post?: never;
        /** @description Delete an album with its photos and exports. */
        delete: operations["albums_delete"];
        options?: never;
        head?: never;
        /** @description Give an album another name. */
        patch: operations["albums_rename"];
        trace?: never;
    };
    "/api/v1/albums/{album_id}/clusters/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * @description List the groups in order of capture, each with its photos, the best first.
         *
         *     Photos that have no others like them are in no group.
         */
        get: operations["clusters_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/exports/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description List the exports, the newest first. */
        get: operations["exports_list"];
        put?: never;
        /** @description Ask for a zip of the photos that are picked now. Its state says when it is ready. */
        post: operations["exports_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/photos/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description List the photos in order of capture, those without a time last; the pending ones only when asked for. */
        get: operations["photos_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/photos/decision/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Keep or reject photos, or leave them to the ranking. The answer names every photo this changes. */
        post: operations["photos_decide"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/photos/retry/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Analyze failed photos again, those named or all. */
        post: operations["photos_retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/progress/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Show how far an album is. Ask again with the ETag of the last answer: 304 says that nothing has changed. */
        get: operations["albums_progress"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/regroup/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Group an album anew, more loosely or strictly. Decisions stay. The progress says when it is done. */
        post: operations["albums_regroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/uploads/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * @description Announce up to 500 files. Each is answered by a ticket, or by being here, or by why it is refused.
         *
         *     Announcing a file again that did not arrive is harmless and gives a fresh ticket.
         */
        post: operations["uploads_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/uploads/complete/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * @description Say that photos were sent: their analysis begins. Those whose bytes are not here are named.
         *
         *     Asking twice is harmless.
         */
        post: operations["uploads_complete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/{export_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Show how far an export is. */
        get: operations["exports_retrieve"];
        put?: never;
        post?: never;
        /** @description Delete an export and its zip. */
        delete: operations["exports_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/{export_id}/download/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Lead to the zip. To resume a download that broke off, ask here again, with the range that is missing. */
        get: operations["exports_download"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/photos/{photo_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Show a photo. */
        get: operations["photos_retrieve"];
        put?: never;
        post?: never;
        /** @description Delete a photo, its original and everything made of it. */
        delete: operations["photos_delete"];
        options?: never;
        head?: never;
        /** @description Keep or reject a photo, or leave it to the ranking. Picks of its group may change with it. */
        patch: operations["photos_decide_one"];
        trace?: never;
    };
    "/api/v1/photos/{photo_id}/original/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Lead to the original, byte for byte as it was uploaded. */
        get: operations["photos_original"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description List the tokens, the newest first, without what is secret of them. */
        get: operations["tokens_list"];
        put?: never;
        /** @description Make a token for a program. Its text is in this answer and nowhere else. */
        post: operations["tokens_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens/{token_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** @description Revoke a token. It is worthless at once. */
        delete: operations["tokens_revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Confirms the deletion of the account. */
        AccountDeleteInput: {
            password: string;
        };
        /** @description Who is signed in. */
        AccountOutput: {
            readonly id: number;
            /**
             * E-mail address
             * Format: email
             */
            readonly email: string;
            /** Format: date-time */
            readonly date_joined: string;
            /**
             * Staff status
             * @description Designates whether the user can log into this admin site.
             */
            readonly is_staff: boolean;
        };
        /** @description A new album. */
        AlbumInput: {
            name: string;
            /**
             * Format: double
             * @description 0 groups loosely, 1 strictly.
             * @default 0.5
             */
            similarity?: number;
        };
        /** @description An album with what is in it, counted. */
        AlbumOutput: {
            /** Format: uuid */
            readonly id: string;
            readonly name: string;
            /**
             * Format: double
             * @description 0 groups loosely, 1 strictly.
             */
            readonly similarity: number;
            grouping: components["schemas"]["GroupingState"];
            readonly grouping_error: string;
            /** Format: date-time */
            readonly grouped_at: string | null;
            /** Format: date-time */
            readonly created_at: string;
            /** Format: date-time */
            readonly updated_at: string;
            /** @description Photos whose bytes are here. */
            photo_count: number;
            cluster_count: number;
            picked_count: number;
            failed_count: number;
            /**
             * Format: uuid
             * @description The photo to show for the album.
             */
            cover_id: string | null;
            /** Format: uri */
            readonly cover_url: string | null;
        };
        AlbumPage: {
            /**
             * Format: uri
             * @description The next page; null on the last.
             */
            next: string | null;
            results: components["schemas"]["AlbumOutput"][];
        };
        /**
         * @description * `moment` - Moment
         *     * `near_duplicate` - Near Duplicate
         *     * `bracket` - Bracket
         *     * `focus_stack` - Focus Stack
         *     * `panorama` - Panorama
         * @enum {string}
         */
        ClusterKind: "moment" | "near_duplicate" | "bracket" | "focus_stack" | "panorama";
        /** @description A group with its photos, the best first. */
        ClusterOutput: {
            /** Format: uuid */
            readonly id: string;
            kind: components["schemas"]["ClusterKind"];
            /** @description In the order of capture, from 0. */
            readonly position: number;
            readonly photo_count: number;
            readonly clear_winner: boolean;
            /**
             * Format: double
             * @description How far the best is ahead of the second, in quality.
             */
            readonly margin: number;
            /** @description A set made on purpose, of which no single photo is the best. */
            kept_whole: boolean;
            readonly picks: string[];
            photos: components["schemas"]["PhotoOutput"][];
        };
        ClusterPage: {
            /**
             * Format: uri
             * @description The next page; null on the last.
             */
            next: string | null;
            results: components["schemas"]["ClusterOutput"][];
        };
        /** @description What a person says of some photos. */
        DecisionInput: {
            decision: components["schemas"]["PhotoDecision"];
            photos: string[];
        };
        /** @description The photos decided on, and those whose pick follows from it. */
        DecisionOutput: {
            photos: components["schemas"]["PhotoChangeOutput"][];
        };
        /** @description A zip, or how far it is. */
        ExportOutput: {
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly album_id: string;
            state: components["schemas"]["ExportState"];
            readonly file_name: string;
            readonly photo_count: number;
            readonly photos_written: number;
            readonly byte_size: number;
            readonly error_message: string;
            /** Format: date-time */
            readonly created_at: string;
            /** Format: date-time */
            readonly finished_at: string | null;
            /** Format: date-time */
            readonly expires_at: string | null;
            /** Format: uri */
            readonly download_url: string | null;
        };
        ExportPage: {
            /**
             * Format: uri
             * @description The next page; null on the last.
             */
            next: string | null;
            results: components["schemas"]["ExportOutput"][];
        };
        /**
         * @description * `queued` - Queued
         *     * `building` - Building
         *     * `ready` - Ready
         *     * `failed` - Failed
         *     * `expired` - Expired
         * @enum {string}
         */
        ExportState: "queued" | "building" | "ready" | "failed" | "expired";
        /** @description A face in a photo. The box is in shares of the upright photo's width and height. */
        FaceOutput: {
            /** Format: double */
            x: number;
            /** Format: double */
            y: number;
            /** Format: double */
            width: number;
            /** Format: double */
            height: number;
            /**
             * Format: double
             * @description From 0 to 1; null where no eye could be judged.
             */
            eyes_open: number | null;
            /**
             * Format: double
             * @description Comparable between photos of one group.
             */
            sharpness: number | null;
            /** @description Looks towards the camera. */
            frontal: boolean | null;
            /** @description Cut by the edge of the photo. */
            cut_off: boolean | null;
            /**
             * Format: double
             * @description From 0 to 1, that it is a face at all.
             */
            confidence: number | null;
        };
        /**
         * @description * `stale` - Stale
         *     * `queued` - Queued
         *     * `running` - Running
         *     * `current` - Current
         *     * `failed` - Failed
         * @enum {string}
         */
        GroupingState: "stale" | "queued" | "running" | "current" | "failed";
        NullEnum: null;
        /** @description A new name. */
        PatchedAlbumNameInput: {
            name?: string;
        };
        /** @description What a person says of a photo; `auto` leaves it to the ranking. */
        PatchedPhotoDecisionInput: {
            decision?: components["schemas"]["PhotoDecision"];
        };
        /** @description What a decision changed about a photo. */
        PhotoChangeOutput: {
            /** Format: uuid */
            readonly id: string;
            decision: components["schemas"]["PhotoDecision"];
            /** @description Goes into the zip; follows from rank and decisions. */
            readonly picked: boolean;
            /** Format: uuid */
            cluster_id: string | null;
        };
        /**
         * @description * `auto` - Auto
         *     * `keep` - Keep
         *     * `reject` - Reject
         * @enum {string}
         */
        PhotoDecision: "auto" | "keep" | "reject";
        /** @description Why something failed. */
        PhotoErrorOutput: {
            /** @description For programs; does not change. */
            code: string;
            /** @description For people. */
            message: string;
        };
        /** @description Some photos of the album. Those that are not of the album are passed over. */
        PhotoIdsInput: {
            photos: string[];
        };
        /** @description A photo. */
        PhotoOutput: {
            /** Format: uuid */
            readonly id: string;
            /** @description The file's name where it came from. */
            readonly name: string;
            readonly byte_size: number;
            readonly sha256: string;
            /** @description By content, not by name; empty before the analysis. */
            content_type: string;
            readonly width: number | null;
            readonly height: number | null;
            state: components["schemas"]["PhotoState"];
            readonly error: components["schemas"]["PhotoErrorOutput"] | null;
            /** @description ISO 8601; with an offset where the camera knew one, else the clock's time at the place. */
            taken_at: string | null;
            time_source: components["schemas"]["TimeSource"];
            readonly camera: string;
            capture: {
                [key: string]: unknown;
            };
            scores: {
                [key: string]: number | null;
            };
            faces: components["schemas"]["FaceOutput"][];
            /** Format: uuid */
            cluster_id: string | null;
            /** @description In its group, the best is 0. */
            readonly rank: number;
            /**
             * Format: double
             * @description Comparable inside one group only.
             */
            readonly quality: number;
            reasons: unknown[];
            decision: components["schemas"]["PhotoDecision"];
            /** @description Goes into the zip; follows from rank and decisions. */
            readonly picked: boolean;
            /**
             * Format: date-time
             * @description The file's own time, as the client says.
             */
            readonly modified_at: string | null;
            /** Format: date-time */
            readonly created_at: string;
            /** Format: uri */
            readonly thumbnail_url: string | null;
            /** Format: uri */
            readonly preview_url: string | null;
            /** Format: uri */
            readonly original_url: string | null;
        };
        PhotoPage: {
            /**
             * Format: uri
             * @description The next page; null on the last.
             */
            next: string | null;
            results: components["schemas"]["PhotoOutput"][];
        };
        /**
         * @description * `pending` - Pending
         *     * `uploaded` - Uploaded
         *     * `preparing` - Preparing
         *     * `prepared` - Prepared
         *     * `embedding` - Embedding
         *     * `analyzed` - Analyzed
         *     * `failed` - Failed
         * @enum {string}
         */
        PhotoState: "pending" | "uploaded" | "preparing" | "prepared" | "embedding" | "analyzed" | "failed";
        /** @description One value that is not as it must be. */
        ProblemErrorOutput: {
            /** @description Where: names and positions between dots; empty for the whole. */
            field: string;
            code: string;
            message: string;
        };
        /** @description What went wrong, as RFC 9457 has it. */
        ProblemOutput: {
            /**
             * Format: uri
             * @description A page that explains the code.
             */
            type: string;
            /** @description The same for every problem of this code. */
            title: string;
            /** @description The HTTP status. */
            status: number;
            /** @description For programs; does not change. */
            code: string;
            /** @description What is wrong this time, for people. */
            detail: string;
            errors?: components["schemas"]["ProblemErrorOutput"][];
        };
        /** @description How far an album is. */
        ProgressOutput: {
            /** @description Photos whose bytes are here. */
            total: number;
            /** @description Announced, and not here yet; not part of the total. */
            pending: number;
            uploaded: number;
            preparing: number;
            prepared: number;
            embedding: number;
            analyzed: number;
            failed: number;
            /** @description Will still become analyzed or failed. */
            unfinished: number;
            grouping: components["schemas"]["GroupingState"];
            /** @description Why the last grouping failed, else empty. */
            grouping_error: string;
            /** Format: date-time */
            grouped_at: string | null;
            /** @description Nothing is left to do. */
            done: boolean;
            /**
             * Format: double
             * @description From 0 to 1; 1 only when done.
             */
            fraction: number;
        };
        /** @description How to group anew. */
        RegroupInput: {
            /**
             * Format: double
             * @description 0 groups loosely, 1 strictly; as before when left out.
             */
            similarity?: number;
        };
        /** @description Which failed photos to try again. */
        RetryInput: {
            /** @description All failed ones when left out. */
            photos?: string[];
        };
        /** @description What came of it. */
        RetryOutput: {
            /** @description Photos that are being analyzed again. */
            retried: number;
        };
        /**
         * @description * `exif` - Exif
         *     * `xmp` - Xmp
         *     * `file` - File
         *     * `none` - None
         * @enum {string}
         */
        TimeSource: "exif" | "xmp" | "file" | "none";
        /** @description A new token with its text, which is shown this once. */
        TokenCreatedOutput: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description To tell tokens apart. */
            begins_with: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string | null;
            /** @description Send it as `Authorization: Token …`. It cannot be shown again. */
            token: string;
        };
        /** @description A new token. */
        TokenInput: {
            /** @description What the token is for. */
            name: string;
            /** @description Good until it is revoked when left out. */
            expires_in_days?: number | null;
        };
        /** @description A token, without the part that is secret. */
        TokenOutput: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description To tell tokens apart. */
            begins_with: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string | null;
        };
        TokenPage: {
            /**
             * Format: uri
             * @description The next page; null on the last.
             */
            next: string | null;
            results: components["schemas"]["TokenOutput"][];
        };
        /** @description A file as the client sees it. */
        UploadFileInput: {
            name: string;
            /**
             * Format: int64
             * @description In bytes.
             */
            size: number;
            /** @description Of the whole file, in hexadecimal. */
            sha256: string;
            /**
             * @description The MIME type. What the file really is, is found out from its content.
             * @default application/octet-stream
             */
            type?: string;
            /**
             * Format: date-time
             * @description When the file was last changed: the time of capture where the photo itself has none.
             */
            modified?: string | null;
        };
        /** @description What has arrived. Photos that are missing must be sent (again). */
        UploadReceiptOutput: {
            uploaded: string[];
            missing: string[];
        };
        /** @description The answer for one file: a ticket; or none, because the bytes are here already; or why it is refused. */
        UploadSlotOutput: {
            /** Format: uuid */
            readonly photo_id: string | null;
            readonly state: components["schemas"]["PhotoState"] | components["schemas"]["NullEnum"];
            ticket: components["schemas"]["UploadTicketOutput"] | null;
            error: components["schemas"]["PhotoErrorOutput"] | null;
        };
        /** @description Send the file as the body of `method` to `url`, with exactly these headers and no cookies. */
        UploadTicketOutput: {
            /** Format: uri */
            readonly url: string;
            method: string;
            headers: {
                [key: string]: string;
            };
            /** @description Seconds the ticket is good for. */
            readonly expires_in: number;
        };
        /** @description Files to upload into an album. */
        UploadsInput: {
            files: components["schemas"]["UploadFileInput"][];
        };
        /** @description The answers, in the order of the files. */
        UploadsOutput: {
            uploads: components["schemas"]["UploadSlotOutput"][];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    account_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountOutput"];
                };
            };
            /** @description Nobody is signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or a token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    account_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountDeleteInput"];
            };
        };
        responses: {
            /** @description No response body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Nobody is signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or a token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    albums_list: {
        parameters: {
            query?: {
                /** @description From the `next` of the page before. */
                cursor?: string;
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlbumPage"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Nobody is signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or a token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    albums_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AlbumInput"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlbumOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Nobody is signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or a token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    albums_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlbumOutput"];
                };
            };
            /** @description Nobody is signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or a token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Not there, or somebody else's. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    albums_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No response body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Nobody is signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or a token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Not there, or somebody else's. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    albums_rename: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PatchedAlbumNameInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlbumOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Nobody is signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or a token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Not there, or somebody else's. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    clusters_list: {
        parameters: {
            query?: {
                /** @description From the `next` of the page before. */
                cursor?: string;
                page_size?: number;
            };
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClusterPage"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Nobody is signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or a token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Not there, or somebody else's. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    exports_list: {
        parameters: {
            query?: {
                /** @description From the `next` of the page before. */
                cursor?: string;
                page_size?: number;
            };
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportPage"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Nobody is signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or a token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Not there, or somebody else's. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    exports_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Nobody is signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or a token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Not there, or somebody else's. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    photos_list: {
        parameters: {
            query?: {
                /** @description From the `next` of the page before. */
                cursor?: string;
                /**
                 * @description * `auto` - Auto
                 *     * `keep` - Keep
                 *     * `reject` - Reject
                 */
                decision?: "auto" | "keep" | "reject";
                /** @description Whether the photo has others like it. */
                in_cluster?: boolean;
                page_size?: number;
                picked?: boolean;
                /**
                 * @description * `pending` - Pending
                 *     * `uploaded` - Uploaded
                 *     * `preparing` - Preparing
                 *     * `prepared` - Prepared
                 *     * `embedding` - Embedding
                 *     * `analyzed` - Analyzed
                 *     * `failed` - Failed
                 */
                state?: "pending" | "uploaded" | "preparing" | "prepared" | "embedding" | "analyzed" | "failed";
            };
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PhotoPage"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Nobody is signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or a token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Not there, or somebody else's. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    photos_decide: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecisionInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecisionOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Nobody is signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or a token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Not there, or somebody else's. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    photos_retry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RetryInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetryOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Nobody is signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or a token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Not there, or somebody else's. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    albums_progress: {
        parameters: {
            query?: never;
            header?: {
                /** @description The last ETag. */
                "If-None-Match"?: string;
            };
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProgressOutput"];
                };
            };
            /** @description Nothing has changed since. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Nobody is signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or a token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Not there, or somebody else's. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    albums_regroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RegroupInput"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlbumOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Nobody is signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or a token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Not there, or somebody else's. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    uploads_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UploadsInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadsOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Nobody is signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or a token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Not there, or somebody else's. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    uploads_complete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PhotoIdsInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadReceiptOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Nobody is signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or a token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Not there, or somebody else's. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    exports_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                export_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportOutput"];
                };
            };
            /** @description Nobody is signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or a token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Not there, or somebody else's. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    exports_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                export_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No response body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Nobody is signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or a token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Not there, or somebody else's. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    exports_download: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                export_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To a short-lived link that saves the zip and supports ranges. */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Nobody is signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or a token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Not there, or somebody else's. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    photos_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                photo_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PhotoOutput"];
                };
            };
            /** @description Nobody is signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or a token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Not there, or somebody else's. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    photos_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                photo_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No response body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Nobody is signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or a token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Not there, or somebody else's. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    photos_decide_one: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                photo_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PatchedPhotoDecisionInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PhotoOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Nobody is signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or a token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Not there, or somebody else's. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    photos_original: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                photo_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To a short-lived link that saves the original. */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Nobody is signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or a token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Not there, or somebody else's. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    tokens_list: {
        parameters: {
            query?: {
                /** @description From the `next` of the page before. */
                cursor?: string;
                page_size?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenPage"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Nobody is signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or a token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    tokens_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TokenInput"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenCreatedOutput"];
                };
            };
            /** @description A value is missing or wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Nobody is signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or a token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
    tokens_revoke: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No response body */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Nobody is signed in. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description The CSRF token is missing, or a token is not enough. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Not there, or somebody else's. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
            /** @description Any other problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemOutput"];
                };
            };
        };
    };
}
