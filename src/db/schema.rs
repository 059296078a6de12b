//! The tables, as both databases have them; the parity test compares them with the migrations.

diesel::table! {
    settings (key) {
        key -> Text,
        value -> Text,
        version -> Integer,
        updated_at -> BigInt,
    }
}

diesel::table! {
    levels (id) {
        id -> Text,
        rank -> Integer,
        name_vi -> Text,
        name_en -> Text,
        detail_depth -> Integer,
        names_depth -> Integer,
    }
}

diesel::table! {
    unit_kinds (id) {
        id -> Text,
        rank -> Integer,
        name_vi -> Text,
        name_en -> Text,
    }
}

diesel::table! {
    document_types (id) {
        id -> Text,
        rank -> Integer,
        name_vi -> Text,
        name_en -> Text,
        system -> Text,
    }
}

diesel::table! {
    events (seq) {
        seq -> BigInt,
        tx -> BigInt,
        id -> Text,
        occurred_at -> BigInt,
        recorded_at -> BigInt,
        imported_by -> Nullable<Text>,
        actor_user -> Nullable<Text>,
        acting_as -> Nullable<Text>,
        on_behalf_of -> Nullable<Text>,
        request_id -> Text,
        root_unit -> Nullable<Text>,
        unit_id -> Nullable<Text>,
        unit_path -> Text,
        kind -> Text,
        subject_type -> Text,
        subject_id -> Text,
        subject_version -> Integer,
        changes -> Text,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    event_seals (n) {
        n -> BigInt,
        event_id -> Text,
        prev_hash -> Text,
        hash -> Text,
    }
}

diesel::table! {
    event_chain (id) {
        id -> Text,
        n -> BigInt,
        hash -> Text,
        tx -> BigInt,
        seq -> BigInt,
    }
}

diesel::table! {
    chain_heads (n) {
        n -> BigInt,
        event_id -> Text,
        hash -> Text,
        count -> BigInt,
        sealed_at -> BigInt,
        jws -> Text,
    }
}

diesel::table! {
    personal_values (id) {
        id -> Text,
        root_id -> Nullable<Text>,
        subject_id -> Text,
        field -> Text,
        value -> Text,
        salt -> Text,
    }
}

diesel::table! {
    personal_reads (id) {
        id -> Text,
        root_id -> Nullable<Text>,
        at -> BigInt,
        user_id -> Text,
        acting_as -> Nullable<Text>,
        subject_id -> Text,
        what -> Text,
        request_id -> Text,
    }
}

diesel::table! {
    org_units (id) {
        id -> Text,
        root_id -> Text,
        code -> Text,
        name -> Text,
        short_name -> Nullable<Text>,
        name_key -> Text,
        search_text -> Text,
        level -> Text,
        kind -> Text,
        parent_id -> Nullable<Text>,
        path -> Text,
        depth -> Integer,
        issuer_code -> Nullable<Text>,
        traits -> Text,
        valid_from -> Nullable<Date>,
        closed_on -> Nullable<Date>,
        version -> Integer,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    org_unit_versions (unit_id, n) {
        unit_id -> Text,
        n -> Integer,
        root_id -> Text,
        valid_from -> Date,
        valid_to -> Nullable<Date>,
        code -> Text,
        name -> Text,
        short_name -> Nullable<Text>,
        level -> Text,
        kind -> Text,
        parent_id -> Nullable<Text>,
    }
}

diesel::table! {
    org_unit_relations (predecessor_id, successor_id, kind) {
        predecessor_id -> Text,
        successor_id -> Text,
        kind -> Text,
        root_id -> Text,
        is_partial -> Bool,
        took_effect_on -> Date,
        document_id -> Nullable<Text>,
    }
}

diesel::table! {
    org_unit_external_ids (unit_id, scheme) {
        unit_id -> Text,
        scheme -> Text,
        code -> Text,
        root_id -> Text,
    }
}

diesel::table! {
    users (id) {
        id -> Text,
        root_id -> Nullable<Text>,
        username -> Text,
        username_key -> Text,
        display_name -> Text,
        search_text -> Text,
        password_hash -> Text,
        disabled_at -> Nullable<BigInt>,
        version -> Integer,
        created_at -> BigInt,
        updated_at -> BigInt,
        erased_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    assignments (id) {
        id -> Text,
        user_id -> Text,
        unit_id -> Nullable<Text>,
        root_id -> Nullable<Text>,
        role -> Text,
        ground -> Text,
        ground_note -> Nullable<Text>,
        valid_from -> Nullable<Date>,
        valid_to -> Nullable<Date>,
        ended_at -> Nullable<BigInt>,
        version -> Integer,
        created_at -> BigInt,
        holding_id -> Nullable<Text>,
    }
}

diesel::table! {
    sessions (id) {
        id -> Text,
        user_id -> Text,
        assignment_id -> Text,
        root_id -> Nullable<Text>,
        generation -> Integer,
        rotated_at -> BigInt,
        created_at -> BigInt,
        expires_at -> BigInt,
        revoked_at -> Nullable<BigInt>,
        revoked_because -> Nullable<Text>,
        deputy_id -> Nullable<Text>,
        standing -> BigInt,
        wrote -> BigInt,
    }
}

diesel::table! {
    terms (id) {
        id -> Text,
        root_id -> Text,
        unit_id -> Text,
        ordinal -> Nullable<Text>,
        name -> Text,
        from_year -> Nullable<Integer>,
        to_year -> Nullable<Integer>,
        starts_on -> Nullable<Date>,
        ends_on -> Nullable<Date>,
        version -> Integer,
        created_at -> BigInt,
        updated_at -> BigInt,
        deleted_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    issuing_rules (level, kind, body, doc_type, valid_from) {
        level -> Text,
        kind -> Text,
        body -> Text,
        doc_type -> Text,
        allowed -> Bool,
        valid_from -> Date,
        valid_to -> Nullable<Date>,
        legal_basis -> Text,
    }
}

diesel::table! {
    documents (id) {
        id -> Text,
        root_id -> Text,
        doc_type -> Text,
        number_text -> Nullable<Text>,
        issuer_unit_id -> Text,
        issued_on -> Nullable<Date>,
        title -> Text,
        abstract_text -> Nullable<Text>,
        status -> Text,
        term_id -> Nullable<Text>,
        number_value -> Nullable<Integer>,
        number_suffix -> Text,
        series -> Nullable<Text>,
        issuing_body -> Nullable<Text>,
        effective_on -> Nullable<Date>,
        expired_on -> Nullable<Date>,
        place -> Nullable<Text>,
        signer -> Nullable<Text>,
        signing_capacity -> Nullable<Text>,
        recipients -> Text,
        urgency -> Text,
        attachments -> Text,
        search_text -> Text,
        created_by -> Nullable<Text>,
        version -> Integer,
        created_at -> BigInt,
        updated_at -> BigInt,
        deleted_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    document_contents (document_id) {
        document_id -> Text,
        root_id -> Text,
        content -> Text,
        search_text -> Text,
    }
}

diesel::table! {
    document_relations (from_id, to_id, relation) {
        from_id -> Text,
        to_id -> Text,
        relation -> Text,
        root_id -> Text,
    }
}

diesel::table! {
    tasks (id) {
        id -> Text,
        root_id -> Text,
        code -> Nullable<Text>,
        title -> Text,
        description -> Nullable<Text>,
        unit_id -> Text,
        assigner_unit_id -> Text,
        class -> Text,
        field -> Nullable<Text>,
        weight_milli -> BigInt,
        start_on -> Nullable<Date>,
        due_on -> Nullable<Date>,
        original_due_on -> Nullable<Date>,
        judged_due_on -> Nullable<Date>,
        document_id -> Nullable<Text>,
        lead_individual -> Nullable<Text>,
        expected_product -> Nullable<Text>,
        status -> Text,
        progress -> Integer,
        result -> Nullable<Text>,
        submitted_on -> Nullable<Date>,
        submitted_by -> Nullable<Text>,
        completed_on -> Nullable<Date>,
        last_reported_on -> Nullable<Date>,
        search_text -> Text,
        imported -> Bool,
        changed_at -> BigInt,
        version -> Integer,
        created_at -> BigInt,
        updated_at -> BigInt,
        deleted_at -> Nullable<BigInt>,
        submitted_for -> Nullable<Text>,
    }
}

diesel::table! {
    task_places (task_id, anchor_id) {
        task_id -> Text,
        anchor_id -> Text,
        root_id -> Text,
        near -> SmallInt,
        status -> Text,
        due_key -> Date,
    }
}

diesel::table! {
    task_states (task_id, n) {
        task_id -> Text,
        n -> Integer,
        root_id -> Text,
        took_effect_at -> BigInt,
        unit_id -> Text,
        status -> Text,
        progress -> Integer,
        weight_milli -> BigInt,
        due_on -> Nullable<Date>,
        submitted_on -> Nullable<Date>,
        completed_on -> Nullable<Date>,
        deleted -> Bool,
        imported -> Bool,
    }
}

diesel::table! {
    progress_reports (id) {
        id -> Text,
        root_id -> Text,
        task_id -> Text,
        progress -> Integer,
        note -> Nullable<Text>,
        reported_on -> Date,
        reported_by -> Nullable<Text>,
        entered_by -> Nullable<Text>,
        evidence -> Text,
        took_effect_at -> BigInt,
        imported -> Bool,
        created_at -> BigInt,
        part_id -> Nullable<Text>,
        entered_for -> Nullable<Text>,
    }
}

diesel::table! {
    extensions (id) {
        id -> Text,
        root_id -> Text,
        task_id -> Text,
        old_due_on -> Nullable<Date>,
        new_due_on -> Date,
        reason -> Text,
        requested_on -> Date,
        requested_by -> Nullable<Text>,
        status -> Text,
        decided_on -> Nullable<Date>,
        decided_by -> Nullable<Text>,
        decision_comment -> Nullable<Text>,
        version -> Integer,
        created_at -> BigInt,
        requested_for -> Nullable<Text>,
        decided_for -> Nullable<Text>,
    }
}

diesel::table! {
    task_milestones (id) {
        id -> Text,
        root_id -> Text,
        task_id -> Text,
        ordinal -> Integer,
        title -> Text,
        due_on -> Date,
        done_on -> Nullable<Date>,
        version -> Integer,
        created_at -> BigInt,
        updated_at -> BigInt,
        deleted_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    task_links (task_id, kind, target_id) {
        task_id -> Text,
        kind -> Text,
        target_id -> Text,
        root_id -> Text,
    }
}

diesel::table! {
    task_parts (id) {
        id -> Text,
        root_id -> Text,
        task_id -> Text,
        unit_id -> Text,
        description -> Nullable<Text>,
        due_on -> Nullable<Date>,
        progress -> Integer,
        status -> Text,
        submitted_on -> Nullable<Date>,
        submitted_by -> Nullable<Text>,
        submitted_for -> Nullable<Text>,
        accepted_on -> Nullable<Date>,
        version -> Integer,
        created_at -> BigInt,
        updated_at -> BigInt,
        deleted_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    persons (id) {
        id -> Text,
        root_id -> Text,
        unit_id -> Text,
        full_name -> Text,
        search_text -> Text,
        birth_year -> Nullable<Integer>,
        user_id -> Nullable<Text>,
        version -> Integer,
        created_at -> BigInt,
        updated_at -> BigInt,
        deleted_at -> Nullable<BigInt>,
        erased_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    memberships (person_id) {
        person_id -> Text,
        root_id -> Text,
        card_number -> Nullable<Text>,
        admitted_on -> Nullable<Date>,
        official_on -> Nullable<Date>,
        status -> Text,
        version -> Integer,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    posts (id) {
        id -> Text,
        rank -> Integer,
        name_vi -> Text,
        name_en -> Text,
        system -> Text,
        single -> Bool,
        role -> Nullable<Text>,
    }
}

diesel::table! {
    holdings (id) {
        id -> Text,
        root_id -> Text,
        unit_id -> Text,
        post_id -> Text,
        person_id -> Text,
        is_primary -> Bool,
        starts_on -> Date,
        ends_on -> Nullable<Date>,
        document_id -> Nullable<Text>,
        version -> Integer,
        created_at -> BigInt,
        updated_at -> BigInt,
        deleted_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    concurrency_models (id) {
        id -> Text,
        rank -> Integer,
        name_vi -> Text,
        name_en -> Text,
        scope -> Text,
        within -> Text,
    }
}

diesel::table! {
    concurrency_model_posts (model_id, n) {
        model_id -> Text,
        n -> Integer,
        post_id -> Text,
        level -> Text,
    }
}

diesel::table! {
    congresses (id) {
        id -> Text,
        root_id -> Text,
        unit_id -> Text,
        term_id -> Nullable<Text>,
        ordinal -> Nullable<Integer>,
        kind -> Text,
        opened_on -> Nullable<Date>,
        closed_on -> Nullable<Date>,
        delegates_called -> Nullable<Integer>,
        delegates_present -> Nullable<Integer>,
        version -> Integer,
        created_at -> BigInt,
        updated_at -> BigInt,
        deleted_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    deputies (id) {
        id -> Text,
        root_id -> Nullable<Text>,
        assignment_id -> Text,
        user_id -> Text,
        from_on -> Date,
        to_on -> Date,
        reason -> Text,
        ended_at -> Nullable<BigInt>,
        version -> Integer,
        created_at -> BigInt,
    }
}

diesel::table! {
    idempotency_keys (user_id, key, operation) {
        user_id -> Text,
        key -> Text,
        operation -> Text,
        root_id -> Nullable<Text>,
        request_hash -> Text,
        answer -> Nullable<Text>,
        created_at -> BigInt,
    }
}

diesel::table! {
    search_synonyms (short, long) {
        short -> Text,
        long -> Text,
        is_syllable -> Bool,
    }
}

diesel::table! {
    recurring_duties (id) {
        id -> Text,
        root_id -> Text,
        unit_id -> Text,
        assigner_unit_id -> Text,
        title -> Text,
        description -> Nullable<Text>,
        class -> Text,
        field -> Nullable<Text>,
        weight_milli -> BigInt,
        document_id -> Nullable<Text>,
        lead_individual -> Nullable<Text>,
        expected_product -> Nullable<Text>,
        every -> Text,
        due_from -> Text,
        due_day -> Integer,
        lead_days -> Nullable<Integer>,
        starts_on -> Date,
        ends_on -> Nullable<Date>,
        status -> Text,
        task_status -> Text,
        active_since -> Date,
        next_on -> Nullable<Date>,
        created_by -> Nullable<Text>,
        version -> Integer,
        created_at -> BigInt,
        updated_at -> BigInt,
        deleted_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    duty_tasks (duty_id, period) {
        duty_id -> Text,
        period -> Text,
        task_id -> Text,
        root_id -> Text,
    }
}

diesel::table! {
    task_sources (task_id) {
        task_id -> Text,
        root_id -> Text,
        kind -> Text,
        source_id -> Text,
    }
}

diesel::table! {
    resolution_items (id) {
        id -> Text,
        root_id -> Text,
        document_id -> Text,
        parent_id -> Nullable<Text>,
        kind -> Text,
        rank -> Text,
        label -> Nullable<Text>,
        text -> Text,
        field -> Nullable<Text>,
        levels -> Text,
        unit_kinds -> Text,
        amending_document_id -> Nullable<Text>,
        version -> Integer,
        created_at -> BigInt,
        updated_at -> BigInt,
        deleted_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    dispatches (id) {
        id -> Text,
        root_id -> Text,
        document_id -> Text,
        unit_id -> Text,
        note -> Nullable<Text>,
        addressed -> Text,
        created_by -> Nullable<Text>,
        version -> Integer,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    resolution_item_versions (id, version) {
        id -> Text,
        root_id -> Text,
        document_id -> Text,
        parent_id -> Nullable<Text>,
        kind -> Text,
        rank -> Text,
        label -> Nullable<Text>,
        text -> Text,
        field -> Nullable<Text>,
        levels -> Text,
        unit_kinds -> Text,
        amending_document_id -> Nullable<Text>,
        version -> Integer,
        created_at -> BigInt,
        updated_at -> BigInt,
        deleted_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    dispatch_deadlines (dispatch_id, n) {
        dispatch_id -> Text,
        n -> Integer,
        root_id -> Text,
        set_at -> BigInt,
        until_at -> Nullable<BigInt>,
        receipt_due_on -> Nullable<Date>,
        study_due_on -> Nullable<Date>,
        programme_due_on -> Nullable<Date>,
    }
}

diesel::table! {
    receipts (id) {
        id -> Text,
        root_id -> Text,
        dispatch_id -> Text,
        document_id -> Text,
        unit_id -> Text,
        seen_at -> Nullable<BigInt>,
        seen_by -> Nullable<Text>,
        received_at -> Nullable<BigInt>,
        received_by -> Nullable<Text>,
        assigned_at -> Nullable<BigInt>,
        assigned_by -> Nullable<Text>,
        assigned_unit_id -> Nullable<Text>,
        assigned_to -> Nullable<Text>,
        exempt_at -> Nullable<BigInt>,
        exempt_by -> Nullable<Text>,
        exempt_reason -> Nullable<Text>,
        recalled_at -> Nullable<BigInt>,
        recalled_by -> Nullable<Text>,
        recall_reason -> Nullable<Text>,
        version -> Integer,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    disseminations (id) {
        id -> Text,
        root_id -> Text,
        document_id -> Text,
        unit_id -> Text,
        title -> Nullable<Text>,
        note -> Nullable<Text>,
        plan_document_id -> Nullable<Text>,
        plan_n -> Integer,
        started_on -> Nullable<Date>,
        completed_on -> Nullable<Date>,
        verified_on -> Nullable<Date>,
        completed_by -> Nullable<Text>,
        completed_for -> Nullable<Text>,
        created_by -> Nullable<Text>,
        created_for -> Nullable<Text>,
        version -> Integer,
        created_at -> BigInt,
        updated_at -> BigInt,
        ended_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    dissemination_plans (dissemination_id, n) {
        dissemination_id -> Text,
        n -> Integer,
        root_id -> Text,
        set_on -> Date,
        due_on -> Nullable<Date>,
        waves -> Text,
    }
}

diesel::table! {
    dissemination_holders (dissemination_id, unit_id) {
        dissemination_id -> Text,
        unit_id -> Text,
        root_id -> Text,
        from_on -> Nullable<Date>,
        until_on -> Nullable<Date>,
    }
}

diesel::table! {
    dissemination_sessions (id) {
        id -> Text,
        root_id -> Text,
        dissemination_id -> Text,
        audience -> Text,
        form -> Text,
        held_on -> Date,
        place -> Nullable<Text>,
        rapporteurs -> Text,
        key_points -> Nullable<Text>,
        local_link -> Nullable<Text>,
        public_concerns -> Nullable<Text>,
        attendance -> Text,
        recorded_by -> Nullable<Text>,
        recorded_for -> Nullable<Text>,
        version -> Integer,
        created_at -> BigInt,
        updated_at -> BigInt,
        deleted_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    dissemination_session_versions (session_id, n) {
        session_id -> Text,
        n -> Integer,
        root_id -> Text,
        dissemination_id -> Text,
        from_on -> Date,
        until_on -> Nullable<Date>,
        audience -> Text,
        held_on -> Date,
        attendance -> Text,
    }
}

diesel::table! {
    dissemination_completions (dissemination_id, n) {
        dissemination_id -> Text,
        n -> Integer,
        root_id -> Text,
        audience -> Text,
        completed_on -> Date,
        is_whole -> Bool,
        undone_on -> Nullable<Date>,
    }
}

diesel::table! {
    study_checks (id) {
        id -> Text,
        root_id -> Text,
        dissemination_id -> Text,
        kind -> Text,
        checked_on -> Date,
        group_text -> Nullable<Text>,
        examined -> Integer,
        passed -> Integer,
        average_hundredths -> Nullable<Integer>,
        scale -> Nullable<Integer>,
        recorded_by -> Nullable<Text>,
        created_at -> BigInt,
    }
}

diesel::table! {
    dissemination_verifications (id) {
        id -> Text,
        root_id -> Text,
        dissemination_id -> Text,
        unit_id -> Text,
        n -> Integer,
        verified_on -> Date,
        sampled -> Integer,
        understood -> Integer,
        outcome -> Text,
        comment -> Nullable<Text>,
        reason -> Nullable<Text>,
        created_by -> Nullable<Text>,
        created_at -> BigInt,
    }
}

diesel::table! {
    registration_rounds (id) {
        id -> Text,
        root_id -> Text,
        document_id -> Text,
        unit_id -> Text,
        title -> Text,
        term_id -> Nullable<Text>,
        year -> Nullable<Integer>,
        opens_on -> Date,
        addressed -> Text,
        closed_at -> Nullable<BigInt>,
        cancelled_at -> Nullable<BigInt>,
        ended_reason -> Nullable<Text>,
        created_by -> Nullable<Text>,
        version -> Integer,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    registration_rules (round_id, n) {
        round_id -> Text,
        n -> Integer,
        root_id -> Text,
        set_at -> BigInt,
        closes_on -> Date,
        quotas -> Text,
    }
}

diesel::table! {
    registrations (id) {
        id -> Text,
        root_id -> Text,
        round_id -> Text,
        unit_id -> Text,
        state -> Text,
        first_submitted_on -> Nullable<Date>,
        submitted_by -> Nullable<Text>,
        submitted_for -> Nullable<Text>,
        moves -> Integer,
        version -> Integer,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    registration_moves (registration_id, n) {
        registration_id -> Text,
        n -> Integer,
        root_id -> Text,
        command -> Text,
        took_effect_at -> BigInt,
        unit_id -> Text,
        state -> Text,
        reason -> Nullable<Text>,
        comment -> Nullable<Text>,
        lines -> Text,
    }
}

diesel::table! {
    registration_lines (id) {
        id -> Text,
        root_id -> Text,
        registration_id -> Text,
        title -> Text,
        description -> Nullable<Text>,
        class -> Text,
        field -> Nullable<Text>,
        weight_milli -> BigInt,
        start_on -> Nullable<Date>,
        due_on -> Nullable<Date>,
        expected_product -> Nullable<Text>,
        lead_individual -> Nullable<Text>,
        lead_unit_id -> Text,
        resolution_item_ids -> Text,
        roadmap -> Text,
        source -> Text,
        reason -> Nullable<Text>,
        accepted_at -> Nullable<BigInt>,
        version -> Integer,
        created_at -> BigInt,
        updated_at -> BigInt,
        deleted_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    registration_line_versions (line_id, version) {
        line_id -> Text,
        version -> Integer,
        root_id -> Text,
        registration_id -> Text,
        took_effect_at -> BigInt,
        class -> Text,
        accepted -> Bool,
        deleted -> Bool,
        content -> Text,
    }
}

diesel::table! {
    registration_comments (registration_id, n, line_id) {
        registration_id -> Text,
        n -> Integer,
        line_id -> Text,
        root_id -> Text,
        comment -> Text,
    }
}

diesel::table! {
    programmes (id) {
        id -> Text,
        root_id -> Text,
        unit_id -> Text,
        title -> Text,
        doc_type -> Text,
        term_id -> Nullable<Text>,
        year -> Nullable<Integer>,
        drafting_body -> Nullable<Text>,
        status -> Text,
        revision -> Integer,
        round -> Integer,
        submitted_by -> Nullable<Text>,
        submitted_for -> Nullable<Text>,
        document_id -> Nullable<Text>,
        first_issued_on -> Nullable<Date>,
        created_by -> Nullable<Text>,
        version -> Integer,
        created_at -> BigInt,
        updated_at -> BigInt,
        deleted_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    programme_parents (programme_id, document_id, relation) {
        programme_id -> Text,
        document_id -> Text,
        relation -> Text,
        root_id -> Text,
    }
}

diesel::table! {
    programme_items (id) {
        id -> Text,
        root_id -> Text,
        programme_id -> Text,
        rank -> Text,
        text -> Text,
        class -> Text,
        priority -> Nullable<Integer>,
        pressing_issue -> Nullable<Text>,
        field -> Nullable<Text>,
        start_on -> Nullable<Date>,
        due_on -> Nullable<Date>,
        roadmap -> Text,
        amount -> Nullable<BigInt>,
        source -> Nullable<Text>,
        people -> Nullable<Integer>,
        lead_collective -> Nullable<Text>,
        lead_unit_id -> Text,
        lead_individual -> Nullable<Text>,
        coordinating_unit_ids -> Text,
        version -> Integer,
        created_at -> BigInt,
        updated_at -> BigInt,
        deleted_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    programme_item_links (item_id, resolution_item_id) {
        item_id -> Text,
        resolution_item_id -> Text,
        root_id -> Text,
    }
}

diesel::table! {
    programme_comments (id) {
        id -> Text,
        root_id -> Text,
        programme_id -> Text,
        item_id -> Nullable<Text>,
        revision -> Integer,
        round -> Integer,
        unit_id -> Text,
        text -> Text,
        answer -> Nullable<Text>,
        answer_text -> Nullable<Text>,
        answered_at -> Nullable<BigInt>,
        version -> Integer,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    programme_versions (programme_id, n) {
        programme_id -> Text,
        n -> Integer,
        root_id -> Text,
        revision -> Integer,
        round -> Integer,
        step -> Text,
        kept_at -> BigInt,
        kept_by -> Nullable<Text>,
        title -> Text,
        items -> Text,
        document_id -> Nullable<Text>,
        affected -> Text,
    }
}

diesel::table! {
    adoption_rules (id) {
        id -> Text,
        level -> Text,
        origin -> Text,
        from_on -> Date,
        to_on -> Nullable<Date>,
        body -> Text,
        vote_required -> Bool,
        share_num -> Nullable<Integer>,
        share_den -> Nullable<Integer>,
        source -> Text,
    }
}

diesel::table! {
    programme_adoptions (programme_id, n) {
        programme_id -> Text,
        n -> Integer,
        root_id -> Text,
        revision -> Integer,
        rule_id -> Text,
        adopted_on -> Date,
        body -> Text,
        eligible -> Integer,
        present -> Integer,
        in_favour -> Nullable<Integer>,
        against -> Nullable<Integer>,
        abstained -> Nullable<Integer>,
        note -> Nullable<Text>,
    }
}

diesel::table! {
    reconfirmations (id) {
        id -> Text,
        root_id -> Text,
        document_id -> Text,
        subject_kind -> Text,
        subject_id -> Text,
        outcome -> Text,
        note -> Nullable<Text>,
        answered_by -> Nullable<Text>,
        answered_at -> BigInt,
        version -> Integer,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    indicators (id) {
        id -> Text,
        root_id -> Text,
        unit_id -> Text,
        code -> Text,
        name -> Text,
        search_text -> Text,
        measure_unit -> Text,
        direction -> Text,
        decimals -> Integer,
        definition -> Nullable<Text>,
        method -> Nullable<Text>,
        formula -> Nullable<Text>,
        over_periods -> Text,
        over_units -> Text,
        factor -> Integer,
        weight_indicator_id -> Nullable<Text>,
        level -> Nullable<Text>,
        period_kind -> Text,
        regime -> Text,
        dimensions -> Text,
        rule_set -> Nullable<Text>,
        field -> Nullable<Text>,
        agency_unit_id -> Nullable<Text>,
        retired_on -> Nullable<Date>,
        created_by -> Nullable<Text>,
        version -> Integer,
        created_at -> BigInt,
        updated_at -> BigInt,
        deleted_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    indicator_values (id) {
        id -> Text,
        root_id -> Text,
        indicator_id -> Text,
        unit_id -> Text,
        period -> Text,
        starts_on -> Date,
        ends_on -> Date,
        cell -> Text,
        status -> Text,
        value -> Nullable<Text>,
        numerator -> Nullable<Text>,
        denominator -> Nullable<Text>,
        qualifier -> Text,
        estimated -> Bool,
        reached_on -> Nullable<Date>,
        verdict -> Nullable<Text>,
        note -> Nullable<Text>,
        source -> Text,
        submission_id -> Nullable<Text>,
        entered_by -> Nullable<Text>,
        entered_for -> Nullable<Text>,
        approved_unit_id -> Nullable<Text>,
        approved_at -> Nullable<BigInt>,
        states -> Integer,
        changed_at -> BigInt,
        version -> Integer,
        created_at -> BigInt,
    }
}

diesel::table! {
    indicator_value_states (value_id, n) {
        value_id -> Text,
        n -> Integer,
        root_id -> Text,
        took_effect_at -> BigInt,
        command -> Text,
        status -> Text,
        value -> Nullable<Text>,
        numerator -> Nullable<Text>,
        denominator -> Nullable<Text>,
        qualifier -> Text,
        estimated -> Bool,
        reached_on -> Nullable<Date>,
        verdict -> Nullable<Text>,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    indicator_corrections (id) {
        id -> Text,
        root_id -> Text,
        value_id -> Text,
        status -> Text,
        old_value -> Nullable<Text>,
        old_numerator -> Nullable<Text>,
        old_denominator -> Nullable<Text>,
        value -> Nullable<Text>,
        numerator -> Nullable<Text>,
        denominator -> Nullable<Text>,
        qualifier -> Text,
        estimated -> Bool,
        reached_on -> Nullable<Date>,
        verdict -> Nullable<Text>,
        reason -> Text,
        requested_by -> Nullable<Text>,
        requested_for -> Nullable<Text>,
        requested_on -> Date,
        decided_by -> Nullable<Text>,
        decided_for -> Nullable<Text>,
        decided_on -> Nullable<Date>,
        decision_comment -> Nullable<Text>,
        version -> Integer,
        created_at -> BigInt,
    }
}

diesel::table! {
    indicator_exclusions (id) {
        id -> Text,
        root_id -> Text,
        indicator_id -> Text,
        unit_id -> Text,
        from_on -> Date,
        until_on -> Nullable<Date>,
        reason -> Text,
        version -> Integer,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    criteria_sets (id) {
        id -> Text,
        root_id -> Nullable<Text>,
        unit_id -> Nullable<Text>,
        code -> Text,
        revision -> Integer,
        name -> Text,
        level -> Text,
        kind -> Nullable<Text>,
        achievement -> Text,
        legal_basis -> Text,
        document_id -> Nullable<Text>,
        first_year -> Integer,
        last_year -> Integer,
        note -> Nullable<Text>,
        groups -> Text,
        unit_groups -> Text,
        conditions -> Text,
        criteria -> Text,
        requires_id -> Nullable<Text>,
        replaces_id -> Nullable<Text>,
        status -> Text,
        effective_on -> Nullable<Date>,
        replaced_on -> Nullable<Date>,
        version -> Integer,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    criteria_assessments (id) {
        id -> Text,
        root_id -> Text,
        set_id -> Text,
        unit_id -> Text,
        criterion -> Text,
        n -> Integer,
        kind -> Text,
        stated -> Nullable<Text>,
        assessed_on -> Date,
        reason -> Nullable<Text>,
        evidence -> Nullable<Text>,
        links -> Text,
        answers_id -> Nullable<Text>,
        by_unit_id -> Text,
        recorded_by -> Nullable<Text>,
        recorded_for -> Nullable<Text>,
        created_at -> BigInt,
        value -> Nullable<Text>,
        submission_id -> Nullable<Text>,
    }
}

diesel::table! {
    criteria_unit_rules (id) {
        id -> Text,
        root_id -> Text,
        set_id -> Text,
        unit_id -> Text,
        n -> Integer,
        from_on -> Date,
        unit_group -> Nullable<Text>,
        must_hold -> Text,
        reason -> Nullable<Text>,
        by_unit_id -> Text,
        recorded_by -> Nullable<Text>,
        created_at -> BigInt,
    }
}

diesel::table! {
    criteria_recognitions (id) {
        id -> Text,
        root_id -> Text,
        set_id -> Text,
        unit_id -> Text,
        by_unit_id -> Text,
        recognised_on -> Date,
        decision_text -> Nullable<Text>,
        document_id -> Nullable<Text>,
        withdrawn_on -> Nullable<Date>,
        withdrawal_reason -> Nullable<Text>,
        withdrawal_text -> Nullable<Text>,
        withdrawal_document_id -> Nullable<Text>,
        recorded_by -> Nullable<Text>,
        version -> Integer,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    calendar_days (id) {
        id -> Text,
        day -> Date,
        kind -> Text,
        occasion -> Text,
        name -> Text,
        source -> Text,
        version -> Integer,
        created_at -> BigInt,
        updated_at -> BigInt,
        deleted_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    report_regimes (id) {
        id -> Text,
        root_id -> Nullable<Text>,
        unit_id -> Nullable<Text>,
        code -> Text,
        name -> Text,
        system -> Text,
        source -> Text,
        week_starts_on -> Integer,
        cut_offs -> Text,
        version -> Integer,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    forms (id) {
        id -> Text,
        root_id -> Text,
        unit_id -> Text,
        code -> Text,
        name -> Text,
        search_text -> Text,
        period_kind -> Text,
        regime -> Text,
        valid_from -> Text,
        valid_until -> Nullable<Text>,
        starts_on -> Date,
        ends_on -> Nullable<Date>,
        created_by -> Nullable<Text>,
        versions -> Integer,
        version -> Integer,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    form_versions (form_id, n) {
        form_id -> Text,
        n -> Integer,
        root_id -> Text,
        from_period -> Text,
        starts_on -> Date,
        content -> Text,
        set_at -> BigInt,
        set_by -> Nullable<Text>,
    }
}

diesel::table! {
    form_exemptions (id) {
        id -> Text,
        root_id -> Text,
        form_id -> Text,
        unit_id -> Text,
        from_period -> Text,
        to_period -> Nullable<Text>,
        starts_on -> Date,
        ends_on -> Nullable<Date>,
        reason -> Text,
        granted_at -> BigInt,
        granted_by -> Nullable<Text>,
        ended_at -> Nullable<BigInt>,
        version -> Integer,
    }
}

diesel::table! {
    form_unlocks (id) {
        id -> Text,
        root_id -> Text,
        form_id -> Text,
        unit_id -> Text,
        period -> Text,
        until_on -> Date,
        reason -> Text,
        granted_at -> BigInt,
        granted_by -> Nullable<Text>,
    }
}

diesel::table! {
    submissions (id) {
        id -> Text,
        root_id -> Text,
        form_id -> Text,
        form_version -> Integer,
        unit_id -> Text,
        reporter_id -> Text,
        period -> Text,
        starts_on -> Date,
        ends_on -> Date,
        state -> Text,
        approvals -> Integer,
        nil -> Bool,
        lines -> Text,
        channel -> Text,
        holder_id -> Nullable<Text>,
        held_since -> Nullable<BigInt>,
        first_submitted_at -> Nullable<BigInt>,
        submitted_at -> Nullable<BigInt>,
        submitted_by -> Nullable<Text>,
        submitted_for -> Nullable<Text>,
        asked -> Text,
        content_hash -> Nullable<Text>,
        moves -> Integer,
        version -> Integer,
        changed_at -> BigInt,
        created_at -> BigInt,
    }
}

diesel::table! {
    submission_moves (submission_id, n) {
        submission_id -> Text,
        n -> Integer,
        root_id -> Text,
        command -> Text,
        took_effect_at -> BigInt,
        unit_id -> Nullable<Text>,
        done_by -> Nullable<Text>,
        state -> Text,
        approvals -> Integer,
        nil -> Bool,
        lines -> Text,
        comments -> Text,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    targets (id) {
        id -> Text,
        root_id -> Text,
        unit_id -> Text,
        indicator_id -> Text,
        period -> Nullable<Text>,
        due_on -> Nullable<Date>,
        due_exclusive -> Bool,
        starts_on -> Date,
        ends_on -> Date,
        resolution_item_id -> Nullable<Text>,
        document_id -> Nullable<Text>,
        status -> Text,
        version -> Integer,
        changed_at -> BigInt,
        created_at -> BigInt,
    }
}

diesel::table! {
    target_versions (target_id, n) {
        target_id -> Text,
        n -> Integer,
        root_id -> Text,
        took_effect_at -> BigInt,
        command -> Text,
        status -> Text,
        ends_on -> Date,
        value -> Nullable<Text>,
        value_to -> Nullable<Text>,
        qualifier -> Text,
        wording -> Nullable<Text>,
        baseline -> Nullable<Text>,
        weight -> Nullable<Text>,
        path -> Text,
        reason -> Nullable<Text>,
        document_id -> Nullable<Text>,
        by_unit_id -> Nullable<Text>,
        by_user -> Nullable<Text>,
        by_for -> Nullable<Text>,
    }
}

diesel::joinable!(org_unit_external_ids -> org_units (unit_id));
diesel::joinable!(assignments -> users (user_id));
diesel::joinable!(assignments -> org_units (unit_id));
diesel::joinable!(sessions -> assignments (assignment_id));
diesel::joinable!(target_versions -> targets (target_id));
diesel::joinable!(tasks -> org_units (unit_id));
diesel::joinable!(documents -> org_units (issuer_unit_id));
diesel::joinable!(terms -> org_units (unit_id));
diesel::joinable!(progress_reports -> tasks (task_id));
diesel::joinable!(extensions -> tasks (task_id));
diesel::joinable!(task_parts -> tasks (task_id));
diesel::joinable!(persons -> org_units (unit_id));
diesel::joinable!(holdings -> org_units (unit_id));
diesel::joinable!(holdings -> posts (post_id));
diesel::joinable!(congresses -> org_units (unit_id));
diesel::joinable!(task_states -> tasks (task_id));

diesel::allow_tables_to_appear_in_same_query!(
    settings,
    levels,
    unit_kinds,
    document_types,
    events,
    event_seals,
    event_chain,
    chain_heads,
    personal_values,
    personal_reads,
    org_units,
    org_unit_versions,
    org_unit_relations,
    org_unit_external_ids,
    users,
    assignments,
    sessions,
    terms,
    documents,
    document_contents,
    document_relations,
    tasks,
    task_places,
    task_states,
    progress_reports,
    extensions,
    task_milestones,
    task_links,
    task_parts,
    persons,
    memberships,
    posts,
    holdings,
    concurrency_models,
    concurrency_model_posts,
    congresses,
    deputies,
    idempotency_keys,
    search_synonyms,
    recurring_duties,
    duty_tasks,
    task_sources,
    resolution_items,
    resolution_item_versions,
    dispatches,
    dispatch_deadlines,
    receipts,
    reconfirmations,
    disseminations,
    dissemination_plans,
    dissemination_holders,
    dissemination_sessions,
    dissemination_session_versions,
    dissemination_completions,
    study_checks,
    dissemination_verifications,
    registration_rounds,
    registration_rules,
    registrations,
    registration_moves,
    registration_lines,
    registration_line_versions,
    registration_comments,
    programmes,
    programme_parents,
    programme_items,
    programme_item_links,
    programme_comments,
    programme_versions,
    adoption_rules,
    programme_adoptions,
    indicators,
    indicator_values,
    indicator_value_states,
    indicator_corrections,
    indicator_exclusions,
    targets,
    target_versions,
    criteria_sets,
    criteria_assessments,
    criteria_unit_rules,
    criteria_recognitions,
    calendar_days,
    report_regimes,
    forms,
    form_versions,
    form_exemptions,
    form_unlocks,
    submissions,
    submission_moves,
);
