//! Access tokens: signed at a log-in, checked at every request.

use divan::{Bencher, black_box};
use tiendo::{
    auth::{checked::Verified, keys::Keys},
    clock::Instant,
    ids::Id,
    policy::Role,
};

/// 15 October 2023 in the morning.
const NOW: Instant = Instant::from_millis(1_697_331_600_000);

fn keys() -> Keys {
    Keys::from_pem(&Keys::generate().unwrap()).unwrap()
}

fn sign(keys: &Keys) -> String {
    let id = Id::of_name;
    let who = Verified { user: id("user"), session: id("session"), assignment: id("assignment") };
    keys.access_token(who, Role::Officer, Some(id("unit")), NOW).unwrap()
}

#[divan::bench]
fn sign_one(bencher: Bencher) {
    let keys = keys();
    bencher.bench(|| sign(black_box(&keys)));
}

/// A token that was never seen: its signature is checked, and the finding kept.
#[divan::bench]
fn verify_a_new_one(bencher: Bencher) {
    let keys = keys();
    bencher.with_inputs(|| sign(&keys)).bench_refs(|token| keys.verify(black_box(token), NOW).unwrap());
}

/// A token that was found to be ours before.
#[divan::bench]
fn verify_a_known_one(bencher: Bencher) {
    let keys = keys();
    let token = sign(&keys);
    keys.verify(&token, NOW).unwrap();
    bencher.bench(|| keys.verify(black_box(&token), NOW).unwrap());
}

/// What a stranger may send as often as he likes: nothing of it is kept.
#[divan::bench]
fn refuse_a_forged_one(bencher: Bencher) {
    let (ours, theirs) = (keys(), keys());
    let (token, forged) = (sign(&ours), sign(&theirs));
    // Our header and claims with a signature of theirs.
    let (said, _) = token.rsplit_once('.').unwrap();
    let (_, signature) = forged.rsplit_once('.').unwrap();
    let forged = format!("{said}.{signature}");
    bencher.bench(|| ours.verify(black_box(&forged), NOW).unwrap_err());
}
