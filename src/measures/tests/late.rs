//! Tasks on one day: what is done, late, awaited, counted.

use super::story::{born, day, measures, tally};
use crate::measures::{Extension, Status, Timeliness, freshness, judged_due_on};

use Status::{Accepted, Cancelled, Closed, Completed, InProgress, Registered, Returned, Submitted};

#[test]
fn cancelled_leaves_every_count_and_weight_and_is_given_apart() {
    let open = born(1, InProgress, Some(10)).progress(2, 40);
    let off = born(1, InProgress, Some(10))
        .with(|state| state.weight_milli = 9000)
        .progress(2, 90)
        .to(5, Cancelled);
    let figures = measures(&[open, off], 20);
    assert_eq!((figures.total, figures.cancelled, figures.overdue), (1, 1, 1));
    assert_eq!(figures.weighted_progress.num().to_string(), "0.4");
    assert_eq!(figures.weighted_progress.den().to_string(), "1");
}

#[test]
fn registered_and_returned_tasks_count_in_total() {
    let figures = measures(&[born(1, Registered, None), born(1, Registered, None).to(2, Returned)], 3);
    assert_eq!((figures.total, figures.done), (2, 0));
}

#[test]
fn registered_and_returned_tasks_can_be_overdue() {
    let figures = measures(&[born(1, Registered, Some(2)), born(1, Registered, Some(2)).to(2, Returned)], 3);
    assert_eq!(figures.overdue, 2);
}

#[test]
fn done_is_completed_or_closed_after_it() {
    let handed_in = born(1, InProgress, Some(10)).to(5, Submitted).to(6, Completed);
    let put_away = handed_in.clone().to(8, Closed);
    assert_eq!(measures(&[handed_in, put_away.clone()], 9).done, 2);
    assert_eq!(put_away.on(9).completed_on, Some(day(5)));
}

#[test]
fn full_progress_that_nobody_confirmed_is_not_done() {
    let figures = measures(&[born(1, InProgress, Some(10)).progress(2, 100)], 3);
    assert_eq!((figures.done, figures.done_pct.value().unwrap().to_string()), (0, "0".into()));
    assert_eq!(figures.weighted_progress.value().unwrap().to_string(), "100");
}

#[test]
fn a_done_task_counts_with_progress_100_whatever_was_last_stated() {
    let story = born(1, InProgress, None).progress(2, 30).to(3, Submitted).to(4, Completed);
    assert_eq!((story.on(4).progress, story.on(4).counted_progress()), (30, 100));
    assert_eq!(measures(&[story], 4).weighted_progress.value().unwrap().to_string(), "100");
}

#[test]
fn due_on_the_day_itself_is_not_overdue() {
    let story = born(1, InProgress, Some(10));
    assert_eq!(measures(std::slice::from_ref(&story), 10).overdue, 0);
    assert_eq!(measures(&[story], 11).overdue, 1);
}

#[test]
fn without_a_due_date_nothing_is_ever_overdue() {
    assert_eq!(measures(&[born(1, InProgress, None)], 5000).overdue, 0);
}

#[test]
fn overdue_goes_by_the_due_date_in_force_on_the_day() {
    let story = born(1, InProgress, Some(10)).extended(9, 20, 15);
    assert!(!story.on(10).overdue(day(10)));
    assert!(story.on(14).overdue(day(14)));
    assert!(!story.on(15).overdue(day(15)));
    assert!(!story.on(20).overdue(day(20)));
    assert!(story.on(21).overdue(day(21)));
}

#[test]
fn handed_in_and_unanswered_is_awaiting_and_not_overdue() {
    let story = born(1, InProgress, Some(10)).to(12, Submitted);
    let figures = measures(std::slice::from_ref(&story), 30);
    assert_eq!((figures.awaiting_confirmation, figures.overdue, figures.done), (1, 0, 0));
    assert_eq!(story.on(30).awaiting_since, Some(day(12)));
    assert_eq!(story.on(30).waiting_days(day(30)), Some(18));
    assert_eq!(story.timeliness(30), Timeliness::AwaitingConfirmation);
}

#[test]
fn other_changes_while_waiting_do_not_restart_the_wait() {
    let story = born(1, InProgress, Some(10)).to(5, Submitted).change(8, |state| state.weight_milli = 2000);
    assert_eq!(story.on(9).awaiting_since, Some(day(5)));
    assert_eq!(story.to(10, Completed).on(10).completed_on, Some(day(5)));
}

#[test]
fn handed_in_and_later_cancelled_was_awaiting_until_then() {
    let story = born(1, InProgress, Some(10)).to(5, Submitted).to(20, Cancelled);
    assert_eq!(story.timeliness(19), Timeliness::AwaitingConfirmation);
    assert_eq!(story.timeliness(20), Timeliness::Cancelled);
}

#[test]
fn returned_work_is_judged_as_if_it_had_never_been_submitted() {
    let story = born(1, InProgress, Some(10)).to(9, Submitted).to(20, InProgress);
    for on in [11, 19, 20, 25] {
        assert_eq!(story.timeliness(on), Timeliness::Overdue, "day {on}");
        assert_eq!((story.on(on).status, story.on(on).awaiting_since), (InProgress, None));
    }
    let again = story.to(21, Submitted).to(22, Completed);
    assert_eq!(again.on(22).completed_on, Some(day(21)));
    assert_eq!(again.timeliness(22), Timeliness::CompletedLate);
}

#[test]
fn the_day_of_submission_counts_not_the_confirmers_click() {
    let story = born(1, InProgress, Some(10)).to(10, Submitted).to(40, Completed);
    assert_eq!(story.on(40).completed_on, Some(day(10)));
    assert_eq!(story.timeliness(40), Timeliness::CompletedOnTime);
}

#[test]
fn the_day_of_the_due_date_is_on_time_and_the_next_is_late() {
    let story = |on| born(1, InProgress, Some(10)).to(on, Submitted).to(on, Completed);
    assert_eq!(story(10).timeliness(12), Timeliness::CompletedOnTime);
    assert_eq!(story(11).timeliness(12), Timeliness::CompletedLate);
}

#[test]
fn an_extension_asked_for_in_time_and_approved_later_counts() {
    let story = born(1, InProgress, Some(10)).to(14, Submitted).extended(10, 15, 16).to(17, Completed);
    assert_eq!(story.on(17).judged_due_on, Some(day(15)));
    assert_eq!(story.timeliness(17), Timeliness::CompletedOnTime);
}

#[test]
fn an_extension_asked_for_after_the_original_due_date_never_turns_late_into_on_time() {
    let story = born(1, InProgress, Some(10)).extended(11, 30, 11).to(14, Submitted).to(15, Completed);
    assert_eq!((story.on(15).due_on, story.on(15).judged_due_on), (Some(day(30)), Some(day(10))));
    assert_eq!(story.timeliness(15), Timeliness::CompletedLate);
}

#[test]
fn an_extension_asked_for_within_an_extension_but_after_the_original_due_date_does_not_count() {
    let story = born(1, InProgress, Some(10)).extended(9, 20, 9).extended(15, 30, 15);
    assert_eq!(story.on(16).judged_due_on, Some(day(20)));
}

#[test]
fn a_refused_extension_does_not_count() {
    let story = born(1, InProgress, Some(10)).refused(5, 30).to(14, Submitted).to(15, Completed);
    assert_eq!(story.timeliness(15), Timeliness::CompletedLate);
}

#[test]
fn the_last_request_made_in_time_wins() {
    let granted =
        |asked, new, approved| Extension { requested_on: day(asked), new_due_on: day(new), approved };
    let asked = [granted(5, 12, true), granted(10, 15, true), granted(10, 18, false), granted(11, 30, true)];
    assert_eq!(judged_due_on(Some(day(10)), &asked), Some(day(15)));
    assert_eq!(judged_due_on(Some(day(10)), &[]), Some(day(10)));
    assert_eq!(judged_due_on(None, &[]), None);
}

#[test]
fn the_first_due_date_of_a_task_born_without_one_is_its_original() {
    let story = born(1, InProgress, None).extended(5, 10, 6).extended(11, 30, 11);
    assert_eq!(story.on(4).judged_due_on, None);
    assert_eq!(story.on(12).judged_due_on, Some(day(10)));
    let done =
        born(1, InProgress, None).extended(5, 10, 6).extended(8, 30, 8).to(25, Submitted).to(26, Completed);
    assert_eq!(done.timeliness(26), Timeliness::CompletedOnTime);
}

#[test]
fn done_and_overdue_shares_are_of_the_total() {
    let done = born(1, InProgress, None).to(2, Submitted).to(2, Completed);
    let stories = [done, born(1, Accepted, Some(3)), born(1, Accepted, None)];
    let figures = measures(&stories, 9);
    assert_eq!(figures.done_pct.exact(), Some((1, 3)));
    assert_eq!(figures.overdue_pct.exact(), Some((1, 3)));
}

#[test]
fn on_time_share_is_of_completed_with_a_due_date_and_overdue_only() {
    let done = |due, on| born(1, InProgress, due).to(on, Submitted).to(on, Completed);
    let overdue = born(1, InProgress, Some(3));
    let open = born(1, InProgress, Some(90));
    let waiting = born(1, InProgress, Some(3)).to(9, Submitted);
    let stories = [done(Some(5), 5), done(Some(5), 6), done(None, 6), overdue, open, waiting];
    let sums = tally(&stories, 10);
    assert_eq!((sums.done_on_time, sums.done_late, sums.done_without_due()), (1, 1, 1));
    assert_eq!(sums.on_time_pct().exact(), Some((1, 3)));
    assert_eq!(measures(&[done(None, 6)], 10).on_time_pct.value(), None);
}

#[test]
fn timeliness_of_open_tasks() {
    let story = born(1, InProgress, Some(20));
    assert_eq!(story.timeliness(12), Timeliness::InTime);
    assert_eq!(story.timeliness(13), Timeliness::DueSoon);
    assert_eq!(story.timeliness(20), Timeliness::DueSoon);
    assert_eq!(story.timeliness(21), Timeliness::Overdue);
    assert_eq!(born(1, InProgress, None).timeliness(21), Timeliness::NoDueDate);
}

#[test]
fn done_without_a_due_date_is_neither_on_time_nor_late() {
    let story = born(1, InProgress, None).to(2, Submitted).to(3, Completed);
    assert_eq!(story.timeliness(4), Timeliness::NoDueDate);
    let figures = measures(&[story], 4);
    assert_eq!((figures.done, figures.done_on_time, figures.done_late), (1, 0, 0));
}

#[test]
fn cancelled_beats_every_other_timeliness() {
    assert_eq!(born(1, InProgress, Some(3)).to(9, Cancelled).timeliness(10), Timeliness::Cancelled);
}

#[test]
fn a_report_past_the_rhythm_is_stale_and_none_at_all_too() {
    assert_eq!(
        (freshness(Some(day(1)), day(31), 30).days, freshness(Some(day(1)), day(31), 30).stale),
        (Some(30), false)
    );
    assert!(freshness(Some(day(1)), day(32), 30).stale);
    assert_eq!((freshness(None, day(1), 30).days, freshness(None, day(1), 30).stale), (None, true));
}
