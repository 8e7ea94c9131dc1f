//! Filling a database: everybody is there with what they trained, and whoever is there is left alone.

#![expect(clippy::unwrap_used, reason = "a helper that fails has failed its test")]

use jiff::civil::{Date, date};
use spotter_application::progress::Remedy;
use spotter_application::workout::{LogSession, UndoImport};
use spotter_application::{Caller, RequestContext, Spotter};
use spotter_demo_data::fill::{Filled, Filling, fill};
use spotter_demo_data::{History, Person, people};
use spotter_domain::account::Email;
use spotter_domain::id::AccountId;
use spotter_domain::page::PageRequest;
use spotter_domain::workout::TimeSpan;
use spotter_server::settings::Settings;
use spotter_server::wiring::{application, open_database};
use spotter_testkit::database::TestDatabase;

/// Summer time ends between two workout sessions, and the year is over.
const UNTIL: Date = date(2025, 12, 31);

const FILLING: Filling = Filling { seed: people::SEED, members: 3, years: 1, until: UNTIL, at_once: 2 };

/// The application over a database of its own.
struct Stage {
    spotter: Spotter,
    _own: TestDatabase,
}

impl Stage {
    async fn over(own: TestDatabase) -> Self {
        let mut settings = Settings::default();
        settings.database.url = own.url().into();
        settings.auth.signing_key = Some("the signing key of the filling tests".into());
        let database = open_database(&settings).await.unwrap();
        let spotter = application(&settings, &database).unwrap();
        spotter.load_catalogue().await.unwrap();
        Self { spotter, _own: own }
    }

    async fn fill(&self, filling: Filling) -> Filled {
        fill(&self.spotter, filling, |_| {}).await.unwrap()
    }

    async fn account(&self, person: &Person) -> Option<AccountId> {
        let email = Email::parse(&person.email()).unwrap();
        let credentials = self.spotter.ports().accounts.credentials(&email).await.unwrap();
        credentials.map(|credentials| credentials.profile.id)
    }
}

fn everybody(filling: Filling) -> Vec<Person> {
    let veteran = Person::veteran(filling.seed, filling.years, filling.until).unwrap();
    let member = |number| Person::member(filling.seed, number, filling.until).unwrap();
    std::iter::once(veteran).chain((0..filling.members).map(member)).collect()
}

async fn everybody_has_what_they_trained(stage: &Stage) {
    let filled = stage.fill(FILLING).await;
    assert_eq!((filled.added, filled.there), (4, 0));
    let (mut sessions, mut sets) = (0, 0);
    for person in everybody(FILLING) {
        let figures = History::of(&person).unwrap().figures();
        let account = stage.account(&person).await.unwrap();
        let verified = stage.spotter.verify_progress(account, Remedy::Report).await.unwrap();
        assert_eq!((verified.sessions, verified.differences), (figures.sessions, 0), "{}", person.email());
        let ever = stage.spotter.dashboard(Caller::Account(account), 3_660).await.unwrap();
        assert_eq!(u64::from(ever.summary.sets), figures.sets, "{}", person.email());
        sessions += figures.sessions;
        sets += figures.all_sets;
    }
    assert_eq!((filled.sessions, filled.sets), (sessions, sets));
}

async fn a_second_run_adds_only_who_is_missing(stage: &Stage) {
    let first = Filling { members: 1, ..FILLING };
    assert_eq!(stage.fill(first).await.added, 2);
    let [veteran, member] = everybody(first).try_into().unwrap();
    let veteran = stage.account(&veteran).await.unwrap();
    // What somebody did since is theirs, and stays.
    let span = TimeSpan::new("2024-02-29T10:00:00Z".parse().unwrap(), None).unwrap();
    let own = LogSession { title: None, notes: None, span, template: None, blocks: Vec::new() };
    let context = RequestContext::internal(Caller::Account(veteran));
    stage.spotter.log_session(&context, own).await.unwrap();
    let member = Caller::Account(stage.account(&member).await.unwrap());
    let import = stage.spotter.imports(member, PageRequest::default()).await.unwrap().items[0].id;
    stage.spotter.run(&RequestContext::internal(member), &UndoImport { import }).await.unwrap();

    let Filled { added, there, .. } = stage.fill(FILLING).await;
    assert_eq!((added, there), (2, 2));
    let again = stage.fill(FILLING).await;
    assert_eq!(again, Filled { there: 4, ..Filled::default() });
    let verified = stage.spotter.verify_progress(veteran, Remedy::Report).await.unwrap();
    assert_eq!((verified.sessions, verified.differences), (151, 0));
    assert_eq!(stage.spotter.dashboard(member, 3_660).await.unwrap().summary.sessions, 0);
}

macro_rules! on_both {
    ($($behaviour:ident),+) => {
        mod sqlite {
            $(#[tokio::test]
            async fn $behaviour() {
                let stage = super::Stage::over(super::TestDatabase::sqlite_migrated().await).await;
                super::$behaviour(&stage).await;
            })+
        }
        mod postgres {
            $(#[tokio::test]
            async fn $behaviour() {
                let stage = super::Stage::over(super::TestDatabase::postgres_migrated().await).await;
                super::$behaviour(&stage).await;
            })+
        }
    };
}

on_both!(everybody_has_what_they_trained, a_second_run_adds_only_who_is_missing);
