//! Listening to several mailboxes at one relay: over one live connection where there is one, else by
//! long polls.

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

use belay_crypto::MailboxKey;
use belay_protocol::relay::{Code, Cursor, LiveEvent, MailboxPk, ReadPage, limits};

use crate::live::Live;
use crate::relay_client::mailbox_pk;
use crate::{RelayClient, TransportError};

/// A mailbox to listen to, and how far it has been read.
#[derive(Debug, Clone, Copy)]
pub struct Mark<'a> {
    /// Its key.
    pub key: &'a MailboxKey,
    /// What comes after this is new.
    pub after: Option<Cursor>,
}

impl Mark<'_> {
    /// Whether a mailbox that has come to `head` holds something new, or other things than before.
    fn is_passed_by(&self, head: Cursor) -> bool {
        match self.after {
            Some(after) => after != head,
            None => head.seq > 0,
        }
    }
}

/// Listens. Keeps its connection from one question to the next, as long as the mailboxes are the same.
#[derive(Debug)]
pub struct Ears {
    client: RelayClient,
    open: Option<Open>,
    polls_only: bool,
    /// The last connection brought nothing at all.
    was_mute: bool,
}

#[derive(Debug)]
struct Open {
    live: Live,
    watched: Vec<MailboxPk>,
    /// How far each has come; `None` where there is no such mailbox.
    heads: BTreeMap<MailboxPk, Option<Cursor>>,
    /// What was told last of each: how far it had been read then, and how far it had come.
    told: BTreeMap<MailboxPk, (Option<Cursor>, Option<Cursor>)>,
}

impl Open {
    /// What is new, each thing once: a relay that says more than it gives must not keep anybody busy.
    fn news(&mut self, marks: &[Mark<'_>]) -> Vec<usize> {
        let mut news = Vec::new();
        for (place, mark) in marks.iter().enumerate() {
            let mailbox = mailbox_pk(mark.key);
            let Some(head) = self.heads.get(&mailbox).copied() else {
                continue;
            };
            let is_new = head.is_none_or(|head| mark.is_passed_by(head));
            let saying = (mark.after, head);
            if is_new && self.told.insert(mailbox, saying) != Some(saying) {
                news.push(place);
            }
        }
        news
    }
}

impl Ears {
    /// Listens through this client's connections.
    #[must_use]
    pub const fn new(client: RelayClient) -> Self {
        Self {
            client,
            open: None,
            polls_only: false,
            was_mute: false,
        }
    }

    /// Whether the relay gave no live connection, so that each mailbox takes a long poll of its own.
    #[must_use]
    pub const fn polls(&self) -> bool {
        self.polls_only
    }

    /// Ready when something is new, with the places of those mailboxes in `marks`; or with none when the
    /// relay ended the question without news: ask again, after a short rest, because a relay may end it at
    /// once. Over a live connection the same news are told once: who could not read them then reads again
    /// in its own time. A mailbox that is not there, or holds less than
    /// was read, counts as news. Dropping the future loses nothing.
    ///
    /// # Errors
    /// See [`TransportError`]; `TooLarge` for none or more than 64 marks. Each mailbox is to be named once.
    pub async fn hear(
        &mut self,
        marks: &[Mark<'_>],
        now_ms: i64,
    ) -> Result<Vec<usize>, TransportError> {
        if marks.is_empty() || marks.len() > limits::LIVE_MAILBOXES_MAX {
            return Err(TransportError::TooLarge);
        }
        let watched: Vec<_> = marks.iter().map(|mark| mailbox_pk(mark.key)).collect();
        if self
            .open
            .as_ref()
            .is_some_and(|open| open.watched != watched)
        {
            self.open = None;
        }
        if self.open.is_none() && !self.polls_only {
            match self.connect(marks, watched, now_ms).await {
                Err(TransportError::Refused {
                    code: Code::NoMailbox,
                    ..
                }) => return Ok((0..marks.len()).collect()),
                other => other?,
            }
        }
        let Some(open) = &mut self.open else {
            return poll(&self.client, marks, now_ms).await;
        };
        loop {
            let news = open.news(marks);
            if !news.is_empty() {
                return Ok(news);
            }
            match open.live.next().await {
                Ok(Some(LiveEvent::Head { mailbox, head })) => {
                    open.heads.insert(mailbox, Some(head));
                }
                Ok(Some(LiveEvent::Gone { mailbox })) => {
                    open.heads.insert(mailbox, None);
                }
                Ok(Some(LiveEvent::Quiet)) => {}
                ended => {
                    // Twice without a word: something in between holds the events back, which is as good
                    // as no live connection.
                    let is_mute = open.heads.is_empty();
                    self.polls_only = is_mute && self.was_mute;
                    self.was_mute = is_mute;
                    self.open = None;
                    return match ended {
                        Err(error) if !self.polls_only => Err(error),
                        _ => Ok(Vec::new()),
                    };
                }
            }
        }
    }

    async fn connect(
        &mut self,
        marks: &[Mark<'_>],
        watched: Vec<MailboxPk>,
        now_ms: i64,
    ) -> Result<(), TransportError> {
        let keys: Vec<_> = marks.iter().map(|mark| mark.key).collect();
        match self.client.live(&keys, now_ms).await {
            Ok(live) => {
                self.open = Some(Open {
                    live,
                    watched,
                    heads: BTreeMap::new(),
                    told: BTreeMap::new(),
                });
                Ok(())
            }
            Err(TransportError::Refused {
                code: Code::NotFound | Code::MethodNotAllowed | Code::Unknown,
                ..
            })
            | Err(TransportError::BadAnswer(_)) => {
                self.polls_only = true;
                Ok(())
            }
            Err(error) => Err(error),
        }
    }
}

/// One long poll for each; the first that ends ends all.
async fn poll(
    client: &RelayClient,
    marks: &[Mark<'_>],
    now_ms: i64,
) -> Result<Vec<usize>, TransportError> {
    let wait_s = limits::WAIT_SECONDS_MAX;
    let mut polls: Vec<_> = marks
        .iter()
        .map(|mark| Box::pin(client.read(mark.key, mark.after, 1, 1, wait_s, now_ms)))
        .collect();
    let (place, ended) = poll_fn(|cx| {
        for (place, poll) in polls.iter_mut().enumerate() {
            if let Poll::Ready(ended) = Pin::as_mut(poll).poll(cx) {
                return Poll::Ready((place, ended));
            }
        }
        Poll::Pending
    })
    .await;
    let news = match ended {
        Ok(ReadPage {
            generation, head, ..
        }) => {
            let head = Cursor {
                generation,
                seq: head,
            };
            marks.get(place).is_some_and(|mark| mark.is_passed_by(head))
        }
        Err(TransportError::Refused {
            code: Code::NoMailbox,
            ..
        }) => true,
        Err(error) => return Err(error),
    };
    Ok(if news { vec![place] } else { Vec::new() })
}
