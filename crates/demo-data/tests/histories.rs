//! What is generated: as much as promised, the same every time, and readable by everybody who has to.

#![expect(clippy::unwrap_used, reason = "a helper that fails has failed its test")]

use std::fmt::Write as _;
use std::io::Write;

use jiff::civil::{Date, date};
use sha2::{Digest, Sha256};
use spotter_application::workout::catalogue::catalogue;
use spotter_application::workout::interchange::{
    Ended, ExportReader, ParsedExport, ReadOptions, WrittenTime,
};
use spotter_demo_data::{DemoSession, Figures, History, Person, export, people::SEED};
use spotter_domain::workout::{ExportFormat, LoadKind, Set, SetKind, Weight};

const UNTIL: Date = date(2026, 9, 30);

fn veteran(seed: u64) -> History {
    History::of(&Person::veteran(seed, 10, UNTIL).unwrap()).unwrap()
}

fn strong(history: &History) -> Vec<u8> {
    let mut file = Vec::new();
    export::strong(history, &mut file).unwrap();
    file
}

fn hevy(history: &History) -> Vec<u8> {
    let mut file = Vec::new();
    export::hevy(history, &mut file).unwrap();
    file
}

fn read(file: &[u8]) -> ParsedExport {
    let mut reader = ExportReader::new(ReadOptions::default());
    file.chunks(64 * 1024).try_for_each(|piece| reader.feed(piece)).unwrap();
    reader.finish().unwrap()
}

fn digest(file: &[u8]) -> String {
    Sha256::digest(file).iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

#[test]
fn a_seed_is_the_same_history_byte_for_byte_wherever_it_is_generated() {
    let history = veteran(SEED);
    assert_eq!(digest(&strong(&history)), "73c0d7637d57c4723bd72b212c04ba6d7ad0c5e3a5442048f12b28611061c69b");
    assert_eq!(digest(&hevy(&history)), "6959df62d84f42114dccc98c6428f51304dc99ba336db9b25427b4e67e922588");
    assert_ne!(veteran(SEED + 1), history);
}

#[test]
fn ten_years_are_1500_workout_sessions_of_36000_sets() {
    for seed in [SEED, 0, 1, u64::MAX] {
        let history = veteran(seed);
        let Figures { sessions, all_sets, .. } = history.figures();
        assert_eq!((sessions, all_sets), (1_500, 36_000), "seed {seed}");
        assert_eq!(history.sessions.len(), 1_500);
        let days = history.sessions.iter().map(DemoSession::date).collect::<Vec<_>>();
        assert!(days.windows(2).all(|pair| pair[0] < pair[1]), "one a day, in their order");
        assert!(days[0] > date(2016, 9, 30) && days[1_499] <= UNTIL);
    }
}

#[test]
fn a_workout_session_looks_like_one() {
    let history = veteran(SEED);
    for session in &history.sessions {
        assert!((5..=7).contains(&session.blocks.len()), "{session:?}");
        assert!((19..=29).contains(&session.sets().count()), "{session:?}");
        assert!(session.blocks.iter().all(|block| !block.sets.is_empty()), "{session:?}");
        let supersets = session.blocks.iter().filter(|block| block.superset.is_some()).count();
        assert!(matches!(supersets, 0 | 2), "{session:?}");
    }
    let blocks = history.sessions.iter().map(|session| session.blocks.len()).sum::<usize>();
    assert!((8_500..=9_500).contains(&blocks), "about six exercises each: {blocks}");
}

#[test]
fn there_is_something_of_everything() {
    let history = veteran(SEED);
    let sets: Vec<&Set> = history.sessions.iter().flat_map(DemoSession::sets).collect();
    for kind in SetKind::ALL {
        assert!(sets.iter().any(|set| set.kind == kind), "{kind:?}");
    }
    let some = |what: &str, at_least: usize, test: fn(&Set) -> bool| {
        let count = sets.iter().filter(|set| test(set)).count();
        assert!(count >= at_least, "{what}: {count}");
    };
    some("rated", 2_000, |set| set.rpe.is_some());
    some("held", 50, |set| set.duration.is_some() && set.distance.is_none());
    some("run", 100, |set| set.duration.is_some() && set.distance.is_some());
    some("carried", 20, |set| set.weight.is_some() && set.distance.is_some());
    some("assisted", 20, |set| set.weight.is_some_and(|weight| weight < Weight::ZERO));
    some("bodyweight", 500, |set| set.weight.is_none() && set.reps.is_some());
    some("failed", 1, |set| set.reps.is_some_and(|reps| reps.get() == 0));
    assert!(history.sessions.iter().any(|session| session.notes.is_some()));
    assert!(history.sessions.iter().flat_map(|session| &session.blocks).any(|block| block.notes.is_some()));
    let heaviest = history.heaviest();
    assert!(heaviest["Barbell Squat"] > 10_000 && heaviest["Barbell Squat"] < 30_000, "{heaviest:?}");
}

#[test]
fn both_files_are_read_back_without_a_problem_and_without_a_loss() {
    let history = veteran(SEED);
    let (strong, hevy) = (read(&strong(&history)), read(&hevy(&history)));
    assert_eq!((strong.format, hevy.format), (ExportFormat::Strong, ExportFormat::Hevy));
    for (mut export, supersets) in [(strong, false), (hevy, true)] {
        assert_eq!(export.problems.total, 0, "{:?}", export.problems.listed);
        export.sessions.sort_by_key(|session| match session.started {
            WrittenTime::Local(local) => local,
            WrittenTime::Instant(_) => panic!("nothing here has an offset"),
        });
        assert_eq!(export.sessions.len(), history.sessions.len());
        let exercises: Vec<_> = export
            .names
            .iter()
            .map(|name| catalogue().exact(name).unwrap_or_else(|| panic!("{name} is not known")).exercise)
            .map(|id| catalogue().get(id).unwrap())
            .collect();
        for (read, written) in export.sessions.iter().zip(&history.sessions) {
            assert_eq!(read.title.as_ref(), Some(&written.title));
            assert_eq!(read.started, WrittenTime::Local(written.started));
            let minutes = match read.ended.unwrap() {
                Ended::After(duration) => duration.as_secs() / 60,
                Ended::At(WrittenTime::Local(end)) => {
                    end.duration_since(written.started).as_mins().unsigned_abs()
                }
                Ended::At(WrittenTime::Instant(_)) => panic!("nothing here has an offset"),
            };
            assert_eq!(minutes, u64::from(written.minutes));
            assert_eq!(read.notes, written.notes);
            assert_eq!(read.blocks.len(), written.blocks.len(), "{written:?}");
            for (read, written) in read.blocks.iter().zip(&written.blocks) {
                let exercise = exercises[read.name as usize];
                assert_eq!(exercise.entry.name.as_str(), written.exercise);
                assert_eq!(read.superset, written.superset.filter(|_| supersets));
                assert_eq!(read.notes, written.notes);
                let assisted = exercise.entry.traits.load == LoadKind::Assisted;
                let load = |weight: Weight| if assisted { weight.as_assistance() } else { weight };
                let sets = read.sets.iter().map(|set| Set { weight: set.weight.map(load), ..*set });
                assert_eq!(sets.collect::<Vec<_>>(), written.sets);
            }
        }
    }
}

#[test]
fn what_is_imported_without_a_file_is_the_same() {
    let history = veteran(SEED);
    let export = history.to_export();
    assert_eq!(export.sessions.len(), 1_500);
    let sets = export.sessions.iter().flat_map(|session| &session.blocks).map(|block| block.sets.len());
    assert_eq!(sets.sum::<usize>(), 36_000);
    assert!(export.names.iter().all(|name| catalogue().exact(name).is_some()));
}

#[test]
fn members_have_a_year_each_and_differ() {
    let mut sessions = 0;
    let mut before = None;
    for number in 0..100 {
        let person = Person::member(SEED, number, UNTIL).unwrap();
        let history = History::of(&person).unwrap();
        let figures = history.figures();
        assert_eq!(figures.all_sets.abs_diff(figures.sessions * 24), 0);
        assert!((120..=180).contains(&figures.sessions));
        sessions += figures.sessions;
        assert_ne!(before.replace(figures), Some(figures));
    }
    assert!((14_000..=16_000).contains(&sessions), "about 150 each: {sessions}");
}

#[test]
fn a_file_that_can_not_be_written_is_an_error() {
    struct Full;
    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("full"))
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    assert!(export::hevy(&veteran(SEED), Full).is_err());
    assert!(export::strong(&veteran(SEED), Full).is_err());
}
