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
    "/api/v1/account/personal-ranker/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Show what was learned, and whether it is any good. */
        get: operations["account_personal_ranker"];
        put?: never;
        post?: never;
        /** @description Forget what was learned, and do not learn from the decisions made until now. The decisions stay. */
        delete: operations["account_personal_ranker_reset"];
        options?: never;
        head?: never;
        /** @description Switch learning on or off. What was learned stays. */
        patch: operations["account_personal_ranker_switch"];
        trace?: never;
    };
    "/api/v1/account/usage/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Show how much of each quota is used. */
        get: operations["account_usage"];
        put?: never;
        post?: never;
        delete?: never;
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
    "/api/v1/albums/{album_id}/changes/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description List the steps that are remembered, the latest first; those undone can be redone. */
        get: operations["albums_changes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
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
    "/api/v1/albums/{album_id}/clusters/{cluster_id}/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Show a group with its photos, the best first. A regrouping makes new groups: then this one is gone. */
        get: operations["clusters_retrieve"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/clusters/accept/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Keep what is picked in groups, those named or all that a filter finds, in one step that can be undone. */
        post: operations["clusters_accept"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/clusters/counts/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Count what each filter finds. */
        get: operations["clusters_counts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/clusters/merge/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * @description Make one group of photos and groups, for good. Photos named leave the groups they are in.
         *
         *     The groups are those of the answer at once; their exact ranks follow with the grouping that the progress shows.
         */
        post: operations["clusters_merge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/clusters/release/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * @description Leave photos that were split or merged to the analysis again.
         *
         *     They stay where they are until the grouping that the progress shows is done.
         */
        post: operations["clusters_release"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/clusters/split/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * @description Take photos out of their groups, for good. What is left of a group stays together.
         *
         *     The groups are those of the answer at once; their exact ranks follow with the grouping that the progress shows.
         */
        post: operations["clusters_split"];
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
        /** @description Ask for a zip of the photos as they stand now. Its state says when it is ready. */
        post: operations["exports_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/exports/preview/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Show what a zip would hold. Nothing is made. */
        post: operations["exports_preview"];
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
        /**
         * @description Keep or reject photos, or leave them to the ranking, in one step that can be undone.
         *
         *     Either `photos` with the one `decision` of all, or any of the lists `keep`, `reject` and `auto`. The answer
         *     names every photo this changes.
         */
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
    "/api/v1/albums/{album_id}/redo/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Take the step again that was taken back last, unless something else was done since. */
        post: operations["albums_redo"];
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
    "/api/v1/albums/{album_id}/thumbnails/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Show the named photos' pictures, and why they are picked or not. */
        get: operations["albums_thumbnails"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/timeline/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * @description List all groups with their photos and all photos in no group, in few columns and in one answer.
         *
         *     `thumbnails` says what they look like.
         */
        get: operations["albums_timeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/albums/{album_id}/undo/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description Take back the last step of the review: a decision, a split, a merge, a release, or another similarity. */
        post: operations["albums_undo"];
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
         * @description Announce up to 500 files. Each is answered by a presigned upload, or by being here, or by why it is refused.
         *
         *     Announcing a file again that did not arrive is harmless and gives a fresh presigned upload.
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
    "/api/v1/albums/{album_id}/uploads/dismiss/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * @description Forget photos that were announced and never sent, those named or all, some hundreds in a request.
         *
         *     Nothing is lost of an upload that still runs: a photo whose bytes have come is analyzed, and one that is still
         *     to come can be announced again.
         */
        post: operations["uploads_dismiss"];
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
    "/api/v1/photos/{photo_id}/histogram/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Show how a photo is exposed. It does not change, so browsers may keep it for a day. */
        get: operations["photos_histogram"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
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
        /** @description Groups whose picks are right: those named, or all for which the conditions hold. */
        AcceptInput: {
            /** @description Nobody keeps a photo of it, nor rejects them all: the pick is the ranking's. */
            undecided?: boolean;
            /** @description One photo is to be the best, and none is clearly ahead. */
            no_clear_winner?: boolean;
            /** @description Faces were found in a photo of it. */
            people?: boolean;
            /** @description Made by a person, by splitting or merging. */
            manual?: boolean;
            kind?: components["schemas"]["ClusterKind"];
            clusters?: string[];
            /**
             * @description All groups for which the other conditions hold.
             * @default false
             */
            all?: boolean;
        };
        /** @description What was accepted; groups that were decided before are not among it. */
        AcceptOutput: {
            /** @description Groups that are decided now. */
            accepted: number;
            /** @description The photos that are kept now. */
            photos: components["schemas"]["PhotoChangeOutput"][];
        };
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
        /**
         * @description * `decision` - Decision
         *     * `accept` - Accept
         *     * `split` - Split
         *     * `merge` - Merge
         *     * `release` - Release
         *     * `similarity` - Similarity
         * @enum {string}
         */
        AlbumChangeKind: "decision" | "accept" | "split" | "merge" | "release" | "similarity";
        /** @description One step of the review. */
        AlbumChangeOutput: {
            readonly id: number;
            kind: components["schemas"]["AlbumChangeKind"];
            /** @description Photos that were changed. */
            readonly photo_count: number;
            readonly decision: components["schemas"]["PhotoDecision"] | components["schemas"]["NullEnum"];
            /** Format: double */
            readonly similarity_before: number | null;
            /** Format: double */
            readonly similarity_after: number | null;
            /** @description Taken back, and to be redone until something else is changed. */
            readonly undone: boolean;
            /** Format: date-time */
            readonly created_at: string;
        };
        AlbumChangePage: {
            /**
             * Format: uri
             * @description The next page; null on the last.
             */
            next: string | null;
            results: components["schemas"]["AlbumChangeOutput"][];
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
        /** @description How the photo was taken, as far as the file says; what it does not say is left out. */
        CaptureOutput: {
            camera_serial?: string;
            lens_model?: string;
            /**
             * Format: double
             * @description Seconds.
             */
            exposure_time?: number;
            /** Format: double */
            f_number?: number;
            /** Format: double */
            iso?: number;
            /**
             * Format: double
             * @description Correction the photographer or a bracket asked for, in EV.
             */
            exposure_bias?: number;
            /**
             * Format: double
             * @description Brightness of the scene as metered, in APEX units (EV).
             */
            brightness?: number;
            /**
             * Format: double
             * @description Millimetres, as engraved on the lens.
             */
            focal_length?: number;
            /** Format: double */
            focal_length_35mm?: number;
            /**
             * Format: double
             * @description Metres to what is in focus.
             */
            subject_distance?: number;
            exposure_mode?: components["schemas"]["ExposureMode"];
            flash_fired?: boolean;
            /** @description The same on every frame of one burst, where the phone writes it. */
            burst_id?: string;
            /** @description The camera stitched it from several frames. */
            is_panorama?: boolean;
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
            /** @description Made by a person, by splitting or merging; the similarity does not change it. */
            readonly manual: boolean;
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
        /** @description What a person says of some photos: the same of each, or something else of each. */
        DecisionInput: {
            photos?: string[];
            /**
             * @description Of all in `photos`.
             *
             *     * `auto` - Auto
             *     * `keep` - Keep
             *     * `reject` - Reject
             */
            decision?: components["schemas"]["PhotoDecision"];
            keep?: string[];
            reject?: string[];
            /** @description Photos left to the ranking. */
            auto?: string[];
        };
        /** @description The photos decided on, and those whose pick follows from it. */
        DecisionOutput: {
            photos: components["schemas"]["PhotoChangeOutput"][];
        };
        /** @description Which photos that never came are to be forgotten. */
        DismissInput: {
            /** @description All of the album's when left out. */
            photos?: string[];
        };
        /** @description What came of it. */
        DismissOutput: {
            /** @description Photos that are forgotten now. */
            dismissed: number;
            /** @description Photos whose bytes had arrived: these are analyzed instead. */
            uploaded: number;
            /** @description Photos still announced; ask again when it should be none. */
            pending: number;
        };
        /** @description How the zip is to be. */
        ExportInput: {
            /**
             * @description The picks, only what somebody keeps, or all that nobody rejects.
             *
             *     * `picks` - Picks
             *     * `kept` - Kept
             *     * `all` - All
             * @default picks
             */
            selection?: components["schemas"]["ExportSelection"];
            /**
             * @description All side by side, or a folder for each group.
             *
             *     * `flat` - Flat
             *     * `folders` - Folders
             * @default flat
             */
            layout?: components["schemas"]["ExportLayout"];
            /**
             * @description {sequence} is the number of the photo in the zip, in the order of capture: 007; {name} is its own name, without the ending: IMG_4711; {date} is the day it was taken: 2024-06-15, or undated; {time} is the time it was taken: 14.32.05, or untimed; {group} is the number of its group: 003, or single.
             * @default {sequence} {name}
             */
            name_pattern?: string;
            /**
             * @description Keep the place in the files, or strip it, with the serial numbers of camera and lens.
             *
             *     * `keep` - Keep
             *     * `strip` - Strip
             * @default keep
             */
            location?: components["schemas"]["ExportLocation"];
        };
        /**
         * @description * `flat` - Flat
         *     * `folders` - Folders
         * @enum {string}
         */
        ExportLayout: "flat" | "folders";
        /**
         * @description * `keep` - Keep
         *     * `strip` - Strip
         * @enum {string}
         */
        ExportLocation: "keep" | "strip";
        /** @description A zip, or how far it is. */
        ExportOutput: {
            /** Format: uuid */
            readonly id: string;
            /** Format: uuid */
            readonly album_id: string;
            selection: components["schemas"]["ExportSelection"];
            layout: components["schemas"]["ExportLayout"];
            readonly name_pattern: string;
            location: components["schemas"]["ExportLocation"];
            /** @description Names in the zip of files in which the place may remain although it was to be stripped. */
            not_cleaned: string[];
            state: components["schemas"]["ExportState"];
            readonly file_name: string;
            readonly photo_count: number;
            readonly photos_written: number;
            readonly byte_size: number;
            /** @description Why it failed, for programs; does not change. Empty unless it failed. There are: `original_missing`, `original_corrupted`, `crashed`, `stopped`. */
            error_code: string;
            /** @description Why it failed, for people. */
            error_message: string;
            /** @description The name of the photo whose original is the reason; empty where it is none. */
            error_photo_name: string;
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
        /** @description What the zip would hold. */
        ExportPreviewOutput: {
            /** @description False while photos are analyzed or grouped, so that the picks may change and no zip can be asked for. */
            readonly ready: boolean;
            /** @description Photos in it; 0 means that there is nothing to ask for. */
            readonly photo_count: number;
            /** @description Of the originals; the zip is hardly larger. */
            byte_size: number;
            folder_count: number;
            /** @description Groups that have a photo in it. */
            group_count: number;
            /** @description Photos in it that are in no group. */
            single_count: number;
            file_name: string;
            readonly names: string[];
            readonly photos: components["schemas"]["ExportSampleOutput"][];
            readonly selection_counts: components["schemas"]["SelectionCountsOutput"];
        };
        /** @description A photo that would be in the zip. */
        ExportSampleOutput: {
            /** Format: uuid */
            id: string;
            /** @description Its name in the zip, with its folder. */
            entry_name: string;
            /** @description As that of a photo. */
            placeholder: string;
            width: number | null;
            height: number | null;
            /** Format: uri */
            readonly thumbnail_url: string | null;
        };
        /**
         * @description * `picks` - Picks
         *     * `kept` - Kept
         *     * `all` - All
         * @enum {string}
         */
        ExportSelection: "picks" | "kept" | "all";
        /**
         * @description * `queued` - Queued
         *     * `building` - Building
         *     * `ready` - Ready
         *     * `failed` - Failed
         *     * `expired` - Expired
         * @enum {string}
         */
        ExportState: "queued" | "building" | "ready" | "failed" | "expired";
        /** @enum {string} */
        ExposureMode: "auto" | "bracket" | "manual";
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
            /** @description How surely the eyes are open, their mean, 0 to 1; null where none could be judged. */
            eyes_open: number | null;
            /**
             * Format: double
             * @description A natural logarithm, comparable between photos of one group; higher is sharper.
             */
            sharpness: number;
            /** @description Looks towards the camera. */
            frontal: boolean;
            /** @description Cut by the edge of the photo. */
            cut_off: boolean;
            /**
             * Format: double
             * @description From 0 to 1, that it is a face at all.
             */
            confidence: number;
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
        /** @description How a photo is exposed. */
        HistogramOutput: {
            /** @description Shares of the pixels in 64 equal steps of luma, from black to white. */
            bins: number[];
            /** Format: double */
            readonly shadows_clipped: number | null;
            /** Format: double */
            readonly highlights_clipped: number | null;
        };
        /** @description Groups of each kind. */
        KindCountsOutput: {
            moment: number;
            near_duplicate: number;
            bracket: number;
            focus_stack: number;
            panorama: number;
        };
        /** @description Photos and groups that are to be one group. */
        MergeInput: {
            photos?: string[];
            /** @description All photos of these groups. */
            clusters?: string[];
        };
        NullEnum: null;
        /** @description A new name. */
        PatchedAlbumNameInput: {
            name?: string;
        };
        /** @description Whether to learn. */
        PatchedPersonalRankerInput: {
            /** @description Off: the person's decisions are neither learned from nor gone by. */
            enabled?: boolean;
        };
        /** @description What a person says of a photo; `auto` leaves it to the ranking. */
        PatchedPhotoDecisionInput: {
            decision?: components["schemas"]["PhotoDecision"];
        };
        /**
         * @description What the person's decisions have taught, and whether new groups are ranked by it.
         *
         *     The figures are of groups the learned ranking had not seen: what it would have picked of them beside the person's
         *     own choice. Groups that were passed over count as chosen as they were.
         */
        PersonalRankerOutput: {
            /**
             * @description `in_use` ranks new albums, and others when they are grouped anew. `not_better` goes by the ranking for all, which foretells the person's choices as well. `collecting` has too few corrections yet.
             *
             *     * `off` - Off
             *     * `nothing` - Nothing
             *     * `collecting` - Collecting
             *     * `not_better` - Not Better
             *     * `in_use` - In Use
             */
            state: components["schemas"]["PersonalRankerState"];
            enabled: boolean;
            /** @description Groups it has learned from. */
            choices: number;
            /** @description Those in which the person chose otherwise than the ranking. */
            corrections: number;
            /** @description As many are needed to learn at all. */
            corrections_needed: number;
            /** @description Of `choices`, those it would have made alike. */
            agreed: number;
            /** @description The same for the ranking that learned nothing. */
            agreed_without: number;
            /** Format: date-time */
            learned_at: string | null;
        };
        /**
         * @description * `off` - Off
         *     * `nothing` - Nothing
         *     * `collecting` - Collecting
         *     * `not_better` - Not Better
         *     * `in_use` - In Use
         * @enum {string}
         */
        PersonalRankerState: "off" | "nothing" | "collecting" | "not_better" | "in_use";
        /** @description What a decision changed about a photo. */
        PhotoChangeOutput: {
            /** Format: uuid */
            readonly id: string;
            decision: components["schemas"]["PhotoDecision"];
            /** @description Goes into the zip; follows from rank and decisions. */
            readonly picked: boolean;
            /** Format: uuid */
            cluster_id: string | null;
            /**
             * Format: uuid
             * @description Set where a person split or merged groups.
             */
            readonly manual_group: string | null;
            /** @description In its group, the best is 0. */
            readonly rank: number;
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
            readonly thumbnail_width: number | null;
            readonly thumbnail_height: number | null;
            /** @description A data: URI of at most 16 pixels a side, to be blurred until the thumbnail is there; may be empty. */
            placeholder: string;
            state: components["schemas"]["PhotoState"];
            readonly error: components["schemas"]["PhotoErrorOutput"] | null;
            /** @description ISO 8601; with an offset where the camera knew one, else the clock's time at the place. */
            taken_at: string | null;
            time_source: components["schemas"]["TimeSource"];
            readonly camera: string;
            capture: components["schemas"]["CaptureOutput"];
            scores: components["schemas"]["ScoresOutput"];
            faces: components["schemas"]["FaceOutput"][];
            /** Format: uuid */
            cluster_id: string | null;
            /**
             * Format: uuid
             * @description Set where a person split or merged groups.
             */
            readonly manual_group: string | null;
            /** @description In its group, the best is 0. */
            readonly rank: number;
            /**
             * Format: double
             * @description Comparable inside one group only.
             */
            readonly quality: number;
            reasons: components["schemas"]["ReasonOutput"][];
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
        /** @description Send the file as the body of `method` to `url`, with exactly these headers and no cookies. */
        PresignedUploadOutput: {
            /** Format: uri */
            readonly url: string;
            method: string;
            headers: {
                [key: string]: string;
            };
            /** @description Seconds until the presigned upload expires. */
            readonly expires_in: number;
        };
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
            /**
             * @description With `quota_exceeded`: what is used up.
             *
             *     * `bytes` - bytes
             *     * `photos` - photos
             *     * `albums` - albums
             *     * `exports` - exports
             *     * `jobs` - jobs
             */
            quota?: components["schemas"]["QuotaEnum"];
            /** @description With `quota_exceeded`: what the account may have. */
            limit?: number;
            /** @description With `quota_exceeded`: what it has. */
            used?: number;
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
        /**
         * @description * `bytes` - bytes
         *     * `photos` - photos
         *     * `albums` - albums
         *     * `exports` - exports
         *     * `jobs` - jobs
         * @enum {string}
         */
        QuotaEnum: "bytes" | "photos" | "albums" | "exports" | "jobs";
        /** @description One quota of the account. */
        QuotaUsageOutput: {
            quota: components["schemas"]["QuotaEnum"];
            used: number;
            /** @description Null where there is none. */
            limit: number | null;
        };
        /** @enum {string} */
        ReasonCode: "sharpest" | "sharper" | "least_noise" | "less_noise" | "less_compressed" | "best_exposed" | "well_exposed" | "more_faces" | "eyes_open" | "eyes_more_open" | "facing_camera" | "faces_whole" | "best_overall" | "your_usual_picks" | "no_clear_winner" | "only_photo" | "softer" | "motion_blur" | "out_of_focus" | "noisier" | "more_compressed" | "too_dark" | "too_bright" | "worse_exposed" | "fewer_faces" | "eyes_closed" | "eyes_less_open" | "turned_away" | "face_cut_off" | "nearly_as_good" | "not_as_good_overall" | "less_like_your_usual_picks";
        /** @description Why a photo is where it is in its group. */
        ReasonOutput: {
            /** @description For programs and translators. */
            code: components["schemas"]["ReasonCode"];
            /** @description For people, in English. */
            text: string;
            /** @description Photos that the text speaks of, where it names some. */
            count?: number;
        };
        /** @description How to group anew. */
        RegroupInput: {
            /**
             * Format: double
             * @description 0 groups loosely, 1 strictly; as before when left out.
             */
            similarity?: number;
        };
        /** @description Photos and groups that are to be grouped by the analysis again. */
        ReleaseInput: {
            photos?: string[];
            /** @description All photos of these groups. */
            clusters?: string[];
            /**
             * @description Everything in the album that people split or merged.
             * @default false
             */
            all?: boolean;
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
        /** @description How many groups each filter finds, and how many photos stand where. */
        ReviewCountsOutput: {
            /** @description All groups. */
            clusters: number;
            undecided: number;
            no_clear_winner: number;
            people: number;
            manual: number;
            kinds: components["schemas"]["KindCountsOutput"];
            /** @description Photos whose bytes are here. */
            photos: number;
            /** @description Analyzed photos in no group. */
            singles: number;
            /** @description Photos that go into the zip. */
            picked: number;
            /** @description Photos somebody keeps. */
            kept: number;
            /** @description Photos somebody rejects. */
            rejected: number;
            failed: number;
        };
        /** @description What a step changed, to be put in place of what the client has. */
        ReviewOutput: {
            /** @description The photos named, and those whose group, rank or pick follows. */
            photos: components["schemas"]["PhotoChangeOutput"][];
            /** @description The groups these photos are in now, with all their photos. */
            clusters: components["schemas"]["ClusterOutput"][];
            /** @description Groups that are gone. */
            removed_clusters: string[];
        };
        /** @description What was measured; empty before the preparation. Scores of faces are left out where none was found. */
        ScoresOutput: {
            /**
             * Format: double
             * @description Variance of the Laplacian, in grey levels².
             */
            laplacian_variance?: number;
            /**
             * Format: double
             * @description Standard deviation of the noise, in grey levels.
             */
            noise?: number;
            /**
             * Format: double
             * @description Sharpness: ln of the gradient energy at 2,048 pixels over that at 256, without the noise's part.
             */
            detail?: number;
            /**
             * Format: double
             * @description Ln of the mean squared gradient of the sharpest tiles at 2,048 pixels, in (grey levels/pixel)².
             */
            tenengrad_2048?: number;
            /**
             * Format: double
             * @description The same at 1,024 pixels.
             */
            tenengrad_1024?: number;
            /**
             * Format: double
             * @description The same at 512 pixels.
             */
            tenengrad_512?: number;
            /**
             * Format: double
             * @description The same at 256 pixels.
             */
            tenengrad_256?: number;
            /**
             * Format: double
             * @description Ln of the gradient energy of the strongest tiles above the floor, at 2,048 pixels.
             */
            signal_2048?: number;
            /**
             * Format: double
             * @description Ln of the gradient energy of the strongest tiles above the floor, at 1,024 pixels.
             */
            signal_1024?: number;
            /**
             * Format: double
             * @description Ln of the gradient energy of the strongest tiles above the floor, at 512 pixels.
             */
            signal_512?: number;
            /**
             * Format: double
             * @description Ln of the gradient energy of the strongest tiles above the floor, at 256 pixels.
             */
            signal_256?: number;
            /**
             * Format: double
             * @description Ln of the gradient energy of the quietest tiles, at 2,048 pixels.
             */
            floor_2048?: number;
            /**
             * Format: double
             * @description Ln of the gradient energy of the quietest tiles, at 1,024 pixels.
             */
            floor_1024?: number;
            /**
             * Format: double
             * @description Ln of the gradient energy of the quietest tiles, at 512 pixels.
             */
            floor_512?: number;
            /**
             * Format: double
             * @description Ln of the gradient energy of the quietest tiles, at 256 pixels.
             */
            floor_256?: number;
            /**
             * Format: double
             * @description Ln of the gradient energy along 0 degrees, at 1,024 pixels.
             */
            gradient_0?: number;
            /**
             * Format: double
             * @description Ln of the gradient energy along 60 degrees, at 1,024 pixels.
             */
            gradient_60?: number;
            /**
             * Format: double
             * @description Ln of the gradient energy along 120 degrees, at 1,024 pixels.
             */
            gradient_120?: number;
            /**
             * Format: double
             * @description Traces of JPEG blocks: ln of their comb over the spectrum; about -2 where there is none.
             */
            blockiness?: number;
            /**
             * Format: double
             * @description Mean luma, from 0 to 1.
             */
            brightness?: number;
            /**
             * Format: double
             * @description Standard deviation of the luma, from 0 to 0.5.
             */
            contrast?: number;
            /**
             * Format: double
             * @description Share of white pixels, from 0 to 1.
             */
            highlights_clipped?: number;
            /**
             * Format: double
             * @description Share of black pixels, from 0 to 1.
             */
            shadows_clipped?: number;
            /**
             * Format: double
             * @description Distance of the brightest channel's 99th percentile from white, from 0 to 1.
             */
            highlight_headroom?: number;
            /**
             * Format: double
             * @description Entropy of the luma in 64 bins, in bits.
             */
            entropy?: number;
            /**
             * Format: double
             * @description Mean nearness of the pixels to the middle of the scale, from 0 to 1.
             */
            well_exposed?: number;
            /**
             * Format: double
             * @description How near to level and plumb the lines are that are nearly so, from 0 to 1.
             */
            uprightness?: number;
            /**
             * Format: double
             * @description Number of faces.
             */
            face_count?: number;
            /**
             * Format: double
             * @description Mean sharpness of the faces by their width, ln as in `detail`.
             */
            face_detail?: number;
            /**
             * Format: double
             * @description Mean openness of the eyes by the width of the faces, from 0 to 1.
             */
            eyes_open?: number;
            /**
             * Format: double
             * @description Share of the faces that look towards the camera, by their width, from 0 to 1.
             */
            faces_frontal?: number;
            /**
             * Format: double
             * @description Share of the faces that the edge cuts, by their width, from 0 to 1.
             */
            faces_cut_off?: number;
        };
        /** @description How many photos each selection takes. */
        SelectionCountsOutput: {
            picks: number;
            kept: number;
            all: number;
        };
        /** @description Photos that are to leave their groups. */
        SplitInput: {
            photos: string[];
            /**
             * @description Each on its own. Otherwise those that leave one group become another together.
             * @default false
             */
            singles?: boolean;
        };
        /** @description What a photo looks like in a list. */
        ThumbnailOutput: {
            /** Format: uuid */
            readonly id: string;
            /** @description A data: URI of at most 16 pixels a side, to be blurred until the thumbnail is there; may be empty. */
            placeholder: string;
            /** Format: uri */
            readonly thumbnail_url: string | null;
            /** Format: uri */
            readonly preview_url: string | null;
            reasons: components["schemas"]["ReasonOutput"][];
        };
        /** @description Those that were asked for and are there, in no order. */
        ThumbnailsOutput: {
            results: components["schemas"]["ThumbnailOutput"][];
        };
        /**
         * @description * `exif` - Exif
         *     * `xmp` - Xmp
         *     * `file` - File
         *     * `none` - None
         * @enum {string}
         */
        TimeSource: "exif" | "xmp" | "file" | "none";
        /** @description A group with its photos, the best first. */
        TimelineClusterOutput: {
            /** Format: uuid */
            id: string;
            kind: components["schemas"]["ClusterKind"];
            position: number;
            clear_winner: boolean;
            /** @description A set made on purpose, of which no single photo is the best. */
            kept_whole: boolean;
            /** @description Made by a person; the similarity does not change it. */
            manual: boolean;
            photos: components["schemas"]["TimelinePhotoOutput"][];
        };
        /** @description All groups and all photos in none, each in order. */
        TimelineOutput: {
            clusters: components["schemas"]["TimelineClusterOutput"][];
            singles: components["schemas"]["TimelinePhotoOutput"][];
        };
        /** @description A photo, as far as the place of everything in the list depends on it. */
        TimelinePhotoOutput: {
            /** Format: uuid */
            id: string;
            name: string;
            width: number | null;
            height: number | null;
            /** @description ISO 8601, as the clock showed it at the place. */
            taken_at: string | null;
            /** @description In its group, the best is 0. */
            rank: number;
            decision: components["schemas"]["PhotoDecision"];
            picked: boolean;
        };
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
        /** @description The change that was taken back, or again, and what that changed. */
        UndoOutput: {
            /** @description The photos named, and those whose group, rank or pick follows. */
            photos: components["schemas"]["PhotoChangeOutput"][];
            /** @description The groups these photos are in now, with all their photos. */
            clusters: components["schemas"]["ClusterOutput"][];
            /** @description Groups that are gone. */
            removed_clusters: string[];
            change: components["schemas"]["AlbumChangeOutput"];
        };
        /** @description What has arrived. Photos that are missing must be sent (again). */
        UploadCompletionOutput: {
            uploaded: string[];
            missing: string[];
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
        /** @description The answer for one file: a presigned upload, none because the bytes are already here, or why it is refused. */
        UploadResultOutput: {
            /** Format: uuid */
            readonly photo_id: string | null;
            readonly state: components["schemas"]["PhotoState"] | components["schemas"]["NullEnum"];
            upload: components["schemas"]["PresignedUploadOutput"] | null;
            error: components["schemas"]["PhotoErrorOutput"] | null;
        };
        /** @description Files to upload into an album. */
        UploadsInput: {
            files: components["schemas"]["UploadFileInput"][];
        };
        /** @description The answers, in the order of the files. */
        UploadsOutput: {
            uploads: components["schemas"]["UploadResultOutput"][];
        };
        /** @description What the account has, and may have: bytes and photos as announced, albums, zips kept, zips in the making. */
        UsageOutput: {
            quotas: components["schemas"]["QuotaUsageOutput"][];
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
    account_personal_ranker: {
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
                    "application/json": components["schemas"]["PersonalRankerOutput"];
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
    account_personal_ranker_reset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
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
    account_personal_ranker_switch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PatchedPersonalRankerInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonalRankerOutput"];
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
    account_usage: {
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
                    "application/json": components["schemas"]["UsageOutput"];
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
            /** @description Nothing has changed since the answer with the ETag in If-None-Match. */
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
    albums_changes: {
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
                    "application/json": components["schemas"]["AlbumChangePage"];
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
                /**
                 * @description * `moment` - Moment
                 *     * `near_duplicate` - Near Duplicate
                 *     * `bracket` - Bracket
                 *     * `focus_stack` - Focus Stack
                 *     * `panorama` - Panorama
                 */
                kind?: "moment" | "near_duplicate" | "bracket" | "focus_stack" | "panorama";
                /** @description Made by a person, by splitting or merging. */
                manual?: boolean;
                /** @description One photo is to be the best, and none is clearly ahead. */
                no_clear_winner?: boolean;
                /**
                 * @description In order of capture, or those without a clear winner before all others.
                 *
                 *     * `time` - Time
                 *     * `no_clear_winner_first` - No Clear Winner First
                 */
                order?: "time" | "no_clear_winner_first";
                page_size?: number;
                /** @description Faces were found in a photo of it. */
                people?: boolean;
                /** @description Nobody keeps a photo of it, nor rejects them all: the pick is the ranking's. */
                undecided?: boolean;
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
            /** @description Nothing has changed since the answer with the ETag in If-None-Match. */
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
    clusters_retrieve: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                album_id: string;
                cluster_id: string;
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
                    "application/json": components["schemas"]["ClusterOutput"];
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
    clusters_accept: {
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
                "application/json": components["schemas"]["AcceptInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcceptOutput"];
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
    clusters_counts: {
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
                    "application/json": components["schemas"]["ReviewCountsOutput"];
                };
            };
            /** @description Nothing has changed since the answer with the ETag in If-None-Match. */
            304: {
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
    clusters_merge: {
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
                "application/json": components["schemas"]["MergeInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewOutput"];
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
    clusters_release: {
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
                "application/json": components["schemas"]["ReleaseInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewOutput"];
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
    clusters_split: {
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
                "application/json": components["schemas"]["SplitInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewOutput"];
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
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ExportInput"];
            };
        };
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
    exports_preview: {
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
                "application/json": components["schemas"]["ExportInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportPreviewOutput"];
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
                /** @description Whether faces were found. */
                people?: boolean;
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
            /** @description Nothing has changed since the answer with the ETag in If-None-Match. */
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
    photos_decide: {
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
    albums_redo: {
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
                    "application/json": components["schemas"]["UndoOutput"];
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
    albums_thumbnails: {
        parameters: {
            query?: {
                /** @description Ids with commas between, 100 at most. Photos of other albums are left out. */
                photos?: string;
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
                    "application/json": components["schemas"]["ThumbnailsOutput"];
                };
            };
            /** @description Nothing has changed since the answer with the ETag in If-None-Match. */
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
    albums_timeline: {
        parameters: {
            query?: {
                /** @description Whether to list groups. */
                clusters?: boolean;
                /**
                 * @description * `moment` - Moment
                 *     * `near_duplicate` - Near Duplicate
                 *     * `bracket` - Bracket
                 *     * `focus_stack` - Focus Stack
                 *     * `panorama` - Panorama
                 */
                kind?: "moment" | "near_duplicate" | "bracket" | "focus_stack" | "panorama";
                /** @description Made by a person, by splitting or merging. */
                manual?: boolean;
                /** @description One photo is to be the best, and none is clearly ahead. */
                no_clear_winner?: boolean;
                /**
                 * @description Groups in order of capture, or those without a clear winner before all others.
                 *
                 *     * `time` - Time
                 *     * `no_clear_winner_first` - No Clear Winner First
                 */
                order?: "time" | "no_clear_winner_first";
                /** @description Faces were found in a photo of it. */
                people?: boolean;
                /** @description Whether to list photos in no group; of the conditions, `people` holds for them. */
                singles?: boolean;
                /** @description Nobody keeps a photo of it, nor rejects them all: the pick is the ranking's. */
                undecided?: boolean;
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
                    "application/json": components["schemas"]["TimelineOutput"];
                };
            };
            /** @description Nothing has changed since the answer with the ETag in If-None-Match. */
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
    albums_undo: {
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
                    "application/json": components["schemas"]["UndoOutput"];
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
                    "application/json": components["schemas"]["UploadCompletionOutput"];
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
    uploads_dismiss: {
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
                "application/json": components["schemas"]["DismissInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DismissOutput"];
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
    photos_histogram: {
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
                    "application/json": components["schemas"]["HistogramOutput"];
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
