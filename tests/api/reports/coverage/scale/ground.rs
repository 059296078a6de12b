//! Very many rows, made by the database itself.

use crate::{bulk::Bulk, harness::World};
use std::ops::Range;

const PAPERS: usize = 100;
const UNITS: usize = 240;
/// Of the units these are communes; the others are their branches.
const COMMUNES: usize = 20;
const PROGRAMMES: usize = 6_000;
pub const PAIRS: usize = PAPERS * UNITS;

/// Kinds of records: ids carry them.
const UNIT: u8 = 1;
const PAPER: u8 = 2;
const DISPATCH: u8 = 3;
const RECEIPT: u8 = 4;
const STUDY: u8 = 5;
const SESSION: u8 = 6;
const PROGRAMME: u8 = 7;
const ISSUED: u8 = 8;
const SERVING: u8 = 9;
const OTHER: u8 = 10;
const OLDER: u8 = 11;

/// So many documents were sent to all units before.
const BEFORE: usize = 1_000;

/// A task that serves a document, by its number.
pub fn task(n: usize) -> String {
    format!("018b2c{SERVING:02x}-0000-7000-8000-{n:012x}")
}

/// Where the rows go.
pub struct Ground {
    rows: Bulk,
    /// The district, quoted.
    top: String,
    path: String,
}

impl Ground {
    pub fn new(world: &World) -> Self {
        let top = &world.units["D"];
        Self { rows: Bulk::new(world), top: format!("'{}'", top.id), path: top.path.clone() }
    }

    /// A branch that everything was sent to.
    pub fn branch(&self) -> String {
        format!("018b2c{UNIT:02x}-0000-7000-8000-{:012x}", UNITS - 1)
    }

    /// The units, and documents sent to each of them.
    pub async fn papers(&self, world: &World) {
        let (top, path, unit) = (&self.top, &self.path, self.rows.id(UNIT, "i"));
        let commune = self.rows.id(UNIT, &format!("i % {COMMUNES}"));
        let parent = format!("CASE WHEN i < {COMMUNES} THEN {top} ELSE {commune} END");
        let way = format!(
            "CASE WHEN i < {COMMUNES} THEN '{path}' ELSE '{path}' || {commune} || '/' END || {unit} || '/'"
        );
        let kind = |a: &str, b: &str| format!("CASE WHEN i < {COMMUNES} THEN '{a}' ELSE '{b}' END");
        let (level, kind, depth) = (
            kind("commune", "branch"),
            kind("party_committee", "branch"),
            format!("CASE WHEN i < {COMMUNES} THEN 1 ELSE 2 END"),
        );
        self.rows.fill(world, 0..UNITS, vec![
            ("org_units (id,root_id,code,name,name_key,search_text,level,kind,parent_id,path,depth,traits,version,created_at,updated_at)",
             format!("{unit},{top},'U' || i,'Đơn vị ' || i,'don vi','',{level},{kind},{parent},{way},{depth},'[]',1,0,0")),
            ("org_unit_versions (unit_id,n,root_id,valid_from,code,name,level,kind,parent_id)",
             format!("{unit},1,{top},'2000-01-01','U' || i,'Đơn vị ' || i,{level},{kind},{parent}")),
        ]).await;
        let (paper, dispatch, on) =
            (self.rows.id(PAPER, "i"), self.rows.id(DISPATCH, "i"), self.rows.moment("i % 20"));
        self.rows.fill(world, 0..PAPERS, vec![
            ("documents (id,root_id,doc_type,issuer_unit_id,issued_on,title,status,search_text,version,created_at,updated_at)",
             format!("{paper},{top},'NQ',{top},{},'Nghị quyết số ' || i,'issued','nghi quyet',1,0,0", self.rows.day("i % 20"))),
            ("dispatches (id,root_id,document_id,unit_id,addressed,version,created_at,updated_at)",
             format!("{dispatch},{top},{paper},{top},'{{}}',1,{on},{on}")),
            ("dispatch_deadlines (dispatch_id,n,root_id,set_at,study_due_on,programme_due_on)",
             format!("{dispatch},1,{top},{on},{due},{due}", due = self.rows.day("i % 20 + 20"))),
        ]).await;
        let (paper, unit) = self.pair();
        let (dispatch, on) =
            (self.rows.id(DISPATCH, &format!("i / {UNITS}")), self.rows.moment(&format!("i / {UNITS} % 20")));
        self.rows.fill(world, 0..PAIRS, vec![
            ("receipts (id,root_id,dispatch_id,document_id,unit_id,received_at,exempt_at,exempt_reason,version,created_at,updated_at)",
             format!("{receipt},{top},{dispatch},{paper},{unit},CASE WHEN i % 10 > 0 THEN {on} END,
                CASE WHEN i % 50 = 1 THEN {on} END,CASE WHEN i % 50 = 1 THEN 'Không có đối tượng' END,1,{on},{on}",
                receipt = self.rows.id(RECEIPT, "i"))),
        ]).await;
    }

    /// Documents of years before, sent to all units too.
    pub async fn older(&self, world: &World) {
        let (top, paper) = (&self.top, self.rows.id(OLDER, "i"));
        self.rows.fill(world, 0..BEFORE, vec![
            ("documents (id,root_id,doc_type,issuer_unit_id,issued_on,title,status,search_text,version,created_at,updated_at)",
             format!("{paper},{top},'NQ',{top},'2021-06-01','Nghị quyết cũ số ' || i,'issued','nghi quyet',1,0,0")),
            ("dispatches (id,root_id,document_id,unit_id,addressed,version,created_at,updated_at)",
             format!("{paper},{top},{paper},{top},'{{}}',1,1622500000000,1622500000000")),
        ]).await;
        let of = self.rows.id(OLDER, &format!("i / {UNITS}"));
        let (receipt, unit) =
            (self.rows.id(RECEIPT, &format!("{PAIRS} + i")), self.rows.id(UNIT, &format!("i % {UNITS}")));
        self.rows.fill(world, 0..BEFORE * UNITS, vec![
            ("receipts (id,root_id,dispatch_id,document_id,unit_id,received_at,version,created_at,updated_at)",
             format!("{receipt},{top},{of},{of},{unit},1622500000000,1,1622500000000,1622500000000")),
        ]).await;
    }

    /// The document and the unit of a pair by its number.
    fn pair(&self) -> (String, String) {
        (self.rows.id(PAPER, &format!("i / {UNITS}")), self.rows.id(UNIT, &format!("i % {UNITS}")))
    }

    /// A study for each pair, half of them complete.
    pub async fn studies(&self, world: &World) {
        let (top, (paper, unit)) = (&self.top, self.pair());
        let (study, session, on) =
            (self.rows.id(STUDY, "i"), self.rows.id(SESSION, "i"), self.rows.day("i % 40"));
        let waves = r#"[{"audience":"cadres_and_members","due_on":null,"planned":[{"class":"party_members","value":20,"qualifier":"exactly"}]}]"#;
        let came = r#"[{"class":"party_members","planned":null,"attended":18,"qualifier":"exactly"}]"#;
        self.rows.fill(world, 0..PAIRS, vec![
            ("disseminations (id,root_id,document_id,unit_id,plan_n,started_on,version,created_at,updated_at)",
             format!("{study},{top},{paper},{unit},1,{on},1,1693526400000,1693526400000")),
            ("dissemination_plans (dissemination_id,n,root_id,set_on,waves)",
             format!("{study},1,{top},'2023-09-01','{waves}'")),
            ("dissemination_holders (dissemination_id,unit_id,root_id)", format!("{study},{unit},{top}")),
            ("dissemination_sessions (id,root_id,dissemination_id,audience,form,held_on,rapporteurs,attendance,version,created_at,updated_at)",
             format!("{session},{top},{study},'cadres_and_members','class',{on},'[]','{came}',1,0,0")),
            ("dissemination_session_versions (session_id,n,root_id,dissemination_id,from_on,audience,held_on,attendance)",
             format!("{session},1,{top},{study},{on},'cadres_and_members',{on},'{came}'")),
        ]).await;
        let half = self.rows.id(STUDY, "i * 2");
        self.rows
            .fill(
                world,
                0..PAIRS / 2,
                vec![(
                    "dissemination_completions (dissemination_id,n,root_id,audience,completed_on,is_whole)",
                    format!("{half},1,{top},'cadres_and_members',{},TRUE", self.rows.day("i * 2 % 40")),
                )],
            )
            .await;
    }

    /// Issued programmes, each with its paper, for every fourth document.
    pub async fn programmes(&self, world: &World) {
        let top = &self.top;
        let (unit, paper) =
            (self.rows.id(UNIT, &format!("i % {UNITS}")), self.rows.id(PAPER, &format!("i / {UNITS} * 4")));
        let (programme, issued, on) =
            (self.rows.id(PROGRAMME, "i"), self.rows.id(ISSUED, "i"), self.rows.day("20 + i % 25"));
        self.rows.fill(world, 0..PROGRAMMES, vec![
            ("documents (id,root_id,doc_type,issuer_unit_id,issued_on,title,status,search_text,version,created_at,updated_at)",
             format!("{issued},{top},'CTr',{unit},{on},'Chương trình hành động','issued','chuong trinh',1,0,0")),
            ("document_relations (from_id,to_id,relation,root_id)", format!("{issued},{paper},'concretises',{top}")),
            ("programmes (id,root_id,unit_id,title,doc_type,status,revision,round,document_id,first_issued_on,version,created_at,updated_at)",
             format!("{programme},{top},{unit},'Chương trình hành động','CTr','issued',1,1,{issued},{on},1,0,0")),
            ("programme_parents (programme_id,document_id,relation,root_id)",
             format!("{programme},{paper},'concretises',{top}")),
        ]).await;
    }

    /// Tasks that serve the documents, half of them by a programme; or tasks that serve nothing.
    pub async fn tasks(&self, world: &World, numbers: Range<usize>, serving: bool) {
        let (top, unit) = (&self.top, self.rows.id(UNIT, &format!("i % {UNITS}")));
        let task = self.rows.id(if serving { SERVING } else { OTHER }, "i");
        let (due, on) = (self.rows.day("30 + i % 60"), self.rows.moment("i % 40"));
        let mut tables = vec![
            (
                "tasks (id,root_id,title,unit_id,assigner_unit_id,class,weight_milli,due_on,original_due_on,judged_due_on,status,progress,search_text,imported,changed_at,version,created_at,updated_at)",
                format!(
                    "{task},{top},'Vận động',{unit},{top},'key',1000,{due},{due},{due},'in_progress',0,'van dong',FALSE,{on},1,{on},{on}"
                ),
            ),
            (
                "task_states (task_id,n,root_id,took_effect_at,unit_id,status,progress,weight_milli,due_on,deleted,imported)",
                format!("{task},1,{top},{on},{unit},'in_progress',0,1000,{due},FALSE,FALSE"),
            ),
        ];
        if serving {
            let (paper, issued) = (
                self.rows.id(PAPER, &format!("i / 2 % {PAPERS}")),
                self.rows.id(ISSUED, &format!("i % {PROGRAMMES}")),
            );
            tables.push((
                "task_links (task_id,kind,target_id,root_id)",
                format!("{task},'document',CASE WHEN i % 2 = 0 THEN {paper} ELSE {issued} END,{top}"),
            ));
        }
        self.rows.fill(world, numbers, tables).await;
    }
}
