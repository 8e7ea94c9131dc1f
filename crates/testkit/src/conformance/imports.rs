//! Behaviours of `ImportRepository`, and of reading imports.

use spotter_domain::StoreError;
use spotter_domain::id::AccountId;
use spotter_domain::workout::{
    CreatedExercise, CreatedTemplate, ExportFormat, Import, ImportMode, ImportProblems, ImportReport, Undone,
};

use super::{Subject, walk};
use crate::fixtures::{Seed, account, after, custom_exercise, import};

fn me() -> AccountId {
    account(1).id
}

fn people(imports: Vec<Import>) -> Seed {
    Seed { accounts: vec![account(1), account(2)], imports, ..Seed::default() }
}

/// An import of which there is everything to tell, also more problems than are listed.
fn full(number: u64) -> Import {
    let mut problems = ImportProblems::default();
    for line in 0..1_500 {
        problems.note(line, format!("line {line}: \"12,5 kg\" is no\nweight — ü \u{1F3CB}"));
    }
    let created = |id, name: &str| CreatedExercise { id, name: name.to_owned() };
    let report = ImportReport {
        sessions_created: u64::from(u32::MAX) + 1,
        sessions_unchanged: 2,
        sets: 3,
        exercises_matched: 4,
        exercises_created: vec![
            created(Some(custom_exercise(1, me()).id), "Grandma's \"Überzug\""),
            created(None, "Only tried"),
        ],
        templates_unchanged: 5,
        templates_created: vec![CreatedTemplate { id: None, title: "Push \"schwer\"".to_owned() }],
        problems,
    };
    let undone = Undone {
        at: "2027-02-28T23:59:59.999999Z".parse().unwrap(),
        sessions_deleted: u64::from(u32::MAX) + 7,
        sessions_kept: 8,
    };
    Import { report, created_at: after(-9), undone: Some(undone), ..import(number, me()) }
}

async fn stored(subject: &Subject, import: &Import) -> Option<Import> {
    let within = subject.begin().await.imports().by_id(import.account, import.id).await.unwrap();
    let read = subject.workouts.import(import.account, import.id).await.unwrap();
    assert_eq!(within, read);
    read
}

/// Every field survives, of every format, done or only tried.
pub async fn imports_come_back_as_they_were_written(subject: &Subject) {
    let mut imports = vec![full(1), import(2, me())];
    for (number, format) in (3..).zip(ExportFormat::ALL) {
        imports.push(Import { format, mode: ImportMode::DryRun, ..import(number, me()) });
    }
    subject.save(people(imports.clone())).await;
    for import in imports {
        assert_eq!(stored(subject, &import).await, Some(import));
    }
    assert_eq!(stored(subject, &import(9, me())).await, None);
}

/// What somebody else brought along is not there.
pub async fn an_import_belongs_to_one_person(subject: &Subject) {
    subject.save(people(vec![import(1, me())])).await;
    let you = account(2).id;
    assert_eq!(stored(subject, &Import { account: you, ..import(1, me()) }).await, None);
    assert_eq!(walk(5, async |page| subject.workouts.imports(you, page).await).await, []);
}

/// Read page by page, all of a person's are there once, the latest id first.
pub async fn imports_are_listed_latest_first_without_gap_or_duplicate(subject: &Subject) {
    let mine = [import(5, me()), full(4), import(2, me()), import(1, me())];
    subject.save(people(mine.iter().rev().cloned().chain([import(3, account(2).id)]).collect())).await;
    for limit in 1..=5 {
        let listed = walk(limit, async |page| subject.workouts.imports(me(), page).await).await;
        assert_eq!(listed, mine, "{limit} a page");
    }
}

/// That an import was undone is written, and nothing else of it changes.
pub async fn an_undone_import_says_what_was_taken_back(subject: &Subject) {
    let before = Import { undone: None, ..full(1) };
    subject.save(people(vec![before.clone(), import(2, me())])).await;
    let retold = Import { report: ImportReport::default(), format: ExportFormat::Hevy, ..full(1) };
    let mut work = subject.begin().await;
    work.imports().save_undone(&retold).await.unwrap();
    work.commit().await.unwrap();
    assert_eq!(stored(subject, &before).await, Some(full(1)));
    assert_eq!(stored(subject, &import(2, me())).await, Some(import(2, me())));
}

/// A statement that should have touched a row and touched none is an error.
pub async fn an_import_that_is_not_there_cannot_be_undone(subject: &Subject) {
    subject.save(people(vec![import(1, me())])).await;
    for absent in [full(2), Import { account: account(2).id, ..full(1) }] {
        let refused = subject.begin().await.imports().save_undone(&absent).await;
        assert!(matches!(refused, Err(StoreError::Corrupt { .. })), "{refused:?}");
    }
    assert_eq!(stored(subject, &import(1, me())).await, Some(import(1, me())));
}
