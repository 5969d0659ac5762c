//! Who may speak for a mailbox: whoever signs with its key, for this relay, about now.

use axum::http::HeaderMap;
use axum::http::request::Parts;
use belay_crypto::{SignedRequest, verify_request};
use belay_protocol::relay::{Code, LiveClaim, MailboxPk, header, limits, path};
use data_encoding::HEXLOWER;

use super::refusal::Refusal;
use super::shared::Shared;

/// Time and signature of a request, before the body has come.
pub(crate) struct Claim {
    mailbox: MailboxPk,
    time_ms: u64,
    signature: [u8; 64],
}

impl Claim {
    /// Reads mailbox, time and signature and checks the time: all that can be refused without
    /// taking in a body.
    pub(crate) fn read(shared: &Shared, parts: &Parts) -> Result<Self, Refusal> {
        let mailbox = parts
            .uri
            .path()
            .split('/')
            .nth(3)
            .ok_or(Code::NotFound)?
            .parse()?;
        let time = one(&parts.headers, header::TIME)?;
        let signature = one(&parts.headers, header::SIGNATURE)?;
        let time_ms: u64 = time.parse().map_err(|_| Code::Malformed)?;
        if time_ms.to_string() != time {
            return Err(Code::Malformed.into());
        }
        let signature = HEXLOWER
            .decode(signature.as_bytes())
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or(Code::Malformed)?;
        check_time(shared, time_ms)?;
        Ok(Self {
            mailbox,
            time_ms,
            signature,
        })
    }

    /// Checks the signature over the request with this body and gives the mailbox it speaks for.
    pub(crate) fn verify(
        self,
        shared: &Shared,
        parts: &Parts,
        body: &[u8],
    ) -> Result<MailboxPk, Refusal> {
        let request = SignedRequest {
            method: parts.method.as_str(),
            path: parts.uri.path(),
            query: parts.uri.query().unwrap_or_default(),
            time_ms: self.time_ms,
            body,
            origin: &shared.origin,
        };
        verify_request(self.mailbox.as_bytes(), &request, &self.signature)
            .map_err(|_| Code::BadSignature)?;
        Ok(self.mailbox)
    }
}

/// Checks a claim to watch a mailbox, made at `time_ms`, and gives the mailbox.
pub(crate) fn check_watch(
    shared: &Shared,
    time_ms: u64,
    claim: &LiveClaim,
) -> Result<MailboxPk, Refusal> {
    check_time(shared, time_ms)?;
    let request = SignedRequest {
        method: "GET",
        path: &path::live(&claim.mailbox),
        query: "",
        time_ms,
        body: &[],
        origin: &shared.origin,
    };
    verify_request(claim.mailbox.as_bytes(), &request, &claim.signature.0)
        .map_err(|_| Code::BadSignature)?;
    Ok(claim.mailbox)
}

fn check_time(shared: &Shared, time_ms: u64) -> Result<(), Refusal> {
    let apart = i128::from(time_ms) - i128::from(shared.clock.now_ms());
    if apart.abs() > i128::from(limits::CLOCK_TOLERANCE_MS) {
        return Err(Code::Stale.into());
    }
    Ok(())
}

/// The one value of a header; a request that has it twice could mean two things.
fn one<'a>(headers: &'a HeaderMap, name: &str) -> Result<&'a str, Refusal> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().map_err(|_| Code::Malformed.into()),
        (None, _) => Err(Code::Unsigned.into()),
        (Some(_), Some(_)) => Err(Code::Malformed.into()),
    }
}
