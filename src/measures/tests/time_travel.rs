//! The same history seen on different days.

use super::story::{born, day, measures};
use crate::measures::{Status, Timeliness};

use Status::{Cancelled, Closed, Completed, InProgress, Submitted};

#[test]
fn a_task_is_not_there_before_it_entered_the_books() {
    let story = born(5, InProgress, None);
    assert_eq!(story.timeline().on(day(4)), None);
    assert_eq!(measures(std::slice::from_ref(&story), 4).total, 0);
    assert_eq!(measures(&[story], 5).total, 1);
}

#[test]
fn a_deleted_task_is_gone_from_that_day_on_and_still_there_before() {
    let story = born(1, InProgress, Some(2)).change(9, |state| state.deleted = true);
    assert_eq!(measures(std::slice::from_ref(&story), 8).overdue, 1);
    assert_eq!(story.timeline().on(day(9)), None);
}

#[test]
fn the_end_of_the_day_counts() {
    let story = born(1, InProgress, None).progress(5, 10).progress(5, 80).progress(6, 90);
    assert_eq!(story.on(5).progress, 80);
    let both = born(1, InProgress, Some(9)).to(5, Submitted).to(5, InProgress);
    assert_eq!(both.on(5).status, InProgress);
}

#[test]
fn the_unit_weight_and_due_date_are_those_of_the_day() {
    let story = born(1, InProgress, Some(10)).extended(4, 20, 5).change(7, |state| {
        state.unit = 2;
        state.weight_milli = 500;
    });
    let (before, after) = (story.on(4), story.on(7));
    assert_eq!((before.unit, before.weight_milli, before.due_on), (1, 1000, Some(day(10))));
    assert_eq!((after.unit, after.weight_milli, after.due_on), (2, 500, Some(day(20))));
}

#[test]
fn done_from_the_day_of_submission_once_confirmed_however_late() {
    let waiting = born(1, InProgress, Some(10)).to(9, Submitted);
    assert_eq!(waiting.timeliness(12), Timeliness::AwaitingConfirmation);
    let confirmed = waiting.to(40, Completed);
    assert_eq!(confirmed.timeliness(8), Timeliness::DueSoon);
    for on in [9, 12, 39, 40] {
        assert_eq!(confirmed.timeliness(on), Timeliness::CompletedOnTime, "day {on}");
        assert_eq!(confirmed.on(on).status, Completed);
    }
}

#[test]
fn a_later_return_makes_the_days_of_waiting_overdue() {
    let waiting = born(1, InProgress, Some(10)).to(9, Submitted);
    assert_eq!(measures(std::slice::from_ref(&waiting), 15).overdue, 0);
    let returned = waiting.to(30, InProgress);
    let figures = measures(&[returned], 15);
    assert_eq!((figures.overdue, figures.awaiting_confirmation), (1, 0));
}

#[test]
fn reopened_work_was_done_until_the_day_it_was_reopened() {
    let story = born(1, InProgress, Some(10)).to(5, Submitted).to(8, Completed).to(20, InProgress);
    assert!(story.on(5).done && story.on(8).done && story.on(19).done);
    assert!(!story.on(20).done);
    assert_eq!(story.timeliness(20), Timeliness::Overdue);
    let again = story.to(25, Submitted).to(26, Completed);
    assert_eq!((again.on(19).completed_on, again.on(26).completed_on), (Some(day(5)), Some(day(25))));
}

#[test]
fn submitted_confirmed_and_reopened_within_a_day_was_never_done_on_it() {
    let story = born(1, InProgress, Some(10)).to(5, Submitted).to(5, Completed).to(5, InProgress);
    assert!(!story.on(5).done);
}

#[test]
fn work_loaded_as_done_counts_from_its_loading_with_the_stated_day() {
    let story = born(20, Completed, Some(10)).with(|state| state.completed_on = Some(day(8)));
    assert_eq!(story.timeline().on(day(19)), None);
    assert_eq!(story.on(20).completed_on, Some(day(8)));
    assert_eq!(story.timeliness(20), Timeliness::CompletedOnTime);
    let closed = story.to(30, Closed);
    assert_eq!(closed.on(31).completed_on, Some(day(8)));
    assert_eq!(born(20, Completed, Some(10)).timeliness(20), Timeliness::CompletedLate);
}

#[test]
fn work_loaded_as_submitted_keeps_the_stated_day() {
    let story = born(20, Submitted, Some(10)).with(|state| state.submitted_on = Some(day(9)));
    assert_eq!(story.on(21).waiting_days(day(21)), Some(12));
    assert_eq!(story.to(22, Completed).timeliness(22), Timeliness::CompletedOnTime);
}

#[test]
fn a_cancelled_task_counted_until_the_day_it_was_cancelled() {
    let story = born(1, InProgress, Some(3)).to(9, Cancelled);
    assert_eq!(measures(std::slice::from_ref(&story), 8).overdue, 1);
    let figures = measures(&[story], 9);
    assert_eq!((figures.total, figures.cancelled, figures.overdue), (0, 1, 0));
}

#[test]
fn a_day_in_the_future_asks_what_is_overdue_then_if_nothing_moves() {
    let stories = [
        born(1, InProgress, Some(100)),
        born(1, InProgress, Some(101)),
        born(1, InProgress, Some(50)).to(5, Submitted),
    ];
    let figures = measures(&stories, 101);
    assert_eq!((figures.overdue, figures.awaiting_confirmation), (1, 1));
}

#[test]
fn a_later_fact_does_not_change_an_earlier_day() {
    let story = born(1, InProgress, Some(10)).progress(3, 30);
    let figures = measures(std::slice::from_ref(&story), 5);
    let later = story.progress(6, 90).extended(8, 40, 9);
    assert_eq!(measures(&[later], 5), figures);
}
