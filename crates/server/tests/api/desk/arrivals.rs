//! The order of arrival is the order of the queue

use futures_util::future::join_all;
use spotter_application::BatchSettings;
use spotter_application::registration::Register;
use spotter_domain::event::Event;
use spotter_domain::registration::{PartySize, RegistrationStatus};
use spotter_testkit::fixtures;

use super::on_each;
use crate::support::app::Over;
use crate::support::counter::{Counter, ONE_SHARD, context, registrations};

async fn who_comes_first_has_the_lower_number(over: Over) {
    for (largest_batch, batches) in [(512, 1), (7, 9)] {
        let counter = Counter::open(over, BatchSettings { largest_batch, ..ONE_SHARD }, 60, 20).await;
        let order: Vec<usize> = (0..60).map(|place| place * 7 % 60).collect();
        let told = counter.register_all(order.clone()).await;
        for ((told, place), who) in told.into_iter().zip(1_u64..).zip(&order) {
            let told = told.unwrap();
            assert_eq!((told.account, told.queue_number.get()), (counter.people[*who], place));
            assert_eq!(told.position, place.checked_sub(20).filter(|position| *position > 0));
        }
        let books = counter.books().await;
        assert_eq!(books.iter().map(|(who, _)| *who).collect::<Vec<_>>(), order);
        let confirmed =
            books.iter().take_while(|(_, status)| *status == RegistrationStatus::Confirmed).count();
        assert_eq!(confirmed, 20);
        let sizes = counter.numbers().batch_size;
        assert_eq!((sizes.count, sizes.most), (batches, largest_batch.min(60) as u64));
    }
}

/// Events that share a shard, and events that don't.
async fn of_several_classes_each_has_its_own_order(over: Over) {
    for shards in [1, 4] {
        let counter =
            Counter::open(over, BatchSettings { shards, largest_batch: 5, ..ONE_SHARD }, 40, 10).await;
        let club = fixtures::club(1);
        let mut classes: Vec<Event> = (2..=4).map(|number| fixtures::event(number, &club, 10)).collect();
        let mut unit = counter.spotter().ports().store.begin().await.unwrap();
        for class in &classes {
            unit.events().insert(class).await.unwrap();
        }
        unit.commit().await.unwrap();
        classes.push(counter.event.clone());

        join_all((0..40).map(async |who| {
            let (event, person) = (classes[who % 4].id, context(counter.people[who]));
            let register = Register { event, party_size: PartySize::default(), person: None };
            counter.spotter().register(&person, register).await.unwrap()
        }))
        .await;
        for (place, class) in classes.iter().enumerate() {
            let came = registrations(counter.spotter().ports(), class).await;
            let came: Vec<_> = came.iter().map(|of| (of.account, of.queue_number.get())).collect();
            let order: Vec<_> = (place..40).step_by(4).map(|who| counter.people[who]).zip(1..).collect();
            assert_eq!(came, order);
        }
    }
}

on_each!(who_comes_first_has_the_lower_number, of_several_classes_each_has_its_own_order);
