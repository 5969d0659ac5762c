//! Keys and secrets that grow old are renewed.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use belay_store::SecretKind;

use crate::sibling_tests::person;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

#[test]
fn a_secret_is_renewed_when_it_is_thirty_days_old() {
    let (_dir, engine, _) = person();
    engine
        .write(|session| {
            let space = session.self_space()?;
            session.now_ms += 30 * DAY_MS - 1;
            assert_eq!(session.rotate_if_owed(&space)?, None);
            session.now_ms += 1;
            let made = session.rotate_if_owed(&space)?;
            assert!(made.is_some());
            assert_eq!(session.space(&space)?.writing_epoch(), made);
            assert_eq!(session.rotate_if_owed(&space)?, None);
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_device_states_a_new_key_after_thirty_days_and_keeps_six_older_ones() {
    let (_dir, engine, _) = person();
    engine
        .write(|session| {
            let space = session.self_space()?;
            let own = session.space(&space)?.own_device;
            let row = session.space(&space)?.row;
            for month in 1..=9 {
                session.now_ms += 30 * DAY_MS - 1;
                session.renew_kem_if_old(&space)?;
                let before = session.space(&space)?.kem_of(&own);
                assert_eq!(before.map(|kem| kem.n), Some(month - 1));
                session.now_ms += 1;
                session.renew_kem_if_old(&space)?;
                let stated = session.space(&space)?.kem_of(&own);
                assert_eq!(stated.map(|kem| kem.n), Some(month));
                let kept = session.tx.secrets(Some(row), SecretKind::KemSeed)?;
                assert_eq!(kept.len(), (month as usize + 1).min(7));
            }
            let kept = session.tx.secrets(Some(row), SecretKind::KemSeed)?;
            let oldest = kept.iter().map(|secret| secret.name.clone()).min();
            assert_eq!(oldest, Some(3u32.to_be_bytes().to_vec()));
            Ok(())
        })
        .unwrap();
}
