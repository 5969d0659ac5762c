//! The file that holds the wrapped store key.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use crate::common;

use belay_crypto::{
    CryptoError, KemKey, PasscodeParameters, StoreKey, key_file_needs_passcode, recover_store_key,
    unwrap_store_key, wrap_store_key,
};
use proptest::prelude::*;

use common::Seeded;

/// The least Argon2id allows, so that the tests are quick.
const QUICK: PasscodeParameters = PasscodeParameters {
    memory_kib: 8,
    passes: 1,
    lanes: 1,
};

fn key() -> StoreKey {
    StoreKey::from_bytes([0x11; 32])
}

fn wrap(secret: &[u8], passcode: Option<&str>, backup: Option<&[u8]>) -> Vec<u8> {
    let passcode = passcode.map(|passcode| (passcode, QUICK));
    wrap_store_key(&key(), secret, passcode, backup, &mut Seeded::new("file")).unwrap()
}

#[test]
fn a_wrong_secret_is_told_apart_from_a_damaged_file() {
    let file = wrap(b"keystore", Some("open sesame"), None);
    assert!(key_file_needs_passcode(&file).unwrap());
    let unwrap = |file: &[u8], secret: &[u8], passcode| unwrap_store_key(file, secret, passcode);
    assert_eq!(unwrap(&file, b"keystore", Some("open sesame")), Ok(key()));
    assert_eq!(
        unwrap(&file, b"keystore", Some("open")),
        Err(CryptoError::WrongSecret)
    );
    assert_eq!(
        unwrap(&file, b"other", Some("open sesame")),
        Err(CryptoError::WrongSecret)
    );
    assert_eq!(unwrap(&file, b"keystore", None), Err(CryptoError::NoSecret));
    for at in 0..file.len() {
        let mut wrong = file.clone();
        wrong[at] ^= 1;
        let result = unwrap(&wrong, b"keystore", Some("open sesame"));
        assert_eq!(result, Err(CryptoError::DamagedKeyFile), "byte {at}");
    }
    for len in 0..file.len() {
        let result = unwrap(&file[..len], b"keystore", Some("open sesame"));
        assert_eq!(result, Err(CryptoError::DamagedKeyFile), "{len} bytes");
    }
}

#[test]
fn a_passcode_alone_or_a_secret_alone_is_enough_but_one_there_must_be() {
    let alone = wrap(&[], Some("open sesame"), None);
    assert_eq!(
        unwrap_store_key(&alone, &[], Some("open sesame")),
        Ok(key())
    );
    let keystore = wrap(b"keystore", None, None);
    assert!(!key_file_needs_passcode(&keystore).unwrap());
    assert_eq!(unwrap_store_key(&keystore, b"keystore", None), Ok(key()));
    assert_eq!(
        wrap_store_key(&key(), &[], None, None, &mut Seeded::new("file")),
        Err(CryptoError::NoSecret)
    );
    assert_eq!(
        unwrap_store_key(&keystore, &[], None),
        Err(CryptoError::NoSecret)
    );
}

#[test]
fn the_recovery_key_opens_the_file_when_the_keystore_has_lost_its_secret() {
    let backup = KemKey::from_seed([0x22; 32]);
    let file = wrap(b"keystore", None, Some(&backup.public()));
    assert_eq!(unwrap_store_key(&file, b"keystore", None), Ok(key()));
    assert_eq!(recover_store_key(&file, &backup), Ok(key()));
    let other = KemKey::from_seed([0x23; 32]);
    assert_eq!(
        recover_store_key(&file, &other),
        Err(CryptoError::WrongSecret)
    );
    let without = wrap(b"keystore", None, None);
    assert_eq!(
        recover_store_key(&without, &backup),
        Err(CryptoError::NoSecret)
    );
}

#[test]
fn parameters_that_would_take_all_memory_are_refused() {
    for wrong in [
        PasscodeParameters {
            memory_kib: 2 << 20,
            ..QUICK
        },
        PasscodeParameters {
            memory_kib: 7,
            ..QUICK
        },
        PasscodeParameters {
            passes: 17,
            ..QUICK
        },
        PasscodeParameters { passes: 0, ..QUICK },
        PasscodeParameters { lanes: 0, ..QUICK },
        PasscodeParameters {
            lanes: 9,
            memory_kib: 1024,
            ..QUICK
        },
    ] {
        let wrapped = wrap_store_key(
            &key(),
            b"",
            Some(("x", wrong)),
            None,
            &mut Seeded::new("file"),
        );
        assert_eq!(
            wrapped,
            Err(CryptoError::BadPasscodeParameters),
            "{wrong:?}"
        );
    }
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(unwrap_store_key(&bytes, b"keystore", None).is_err());
    }
}
