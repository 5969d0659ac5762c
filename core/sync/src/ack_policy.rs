//! When a device says what it holds. Rarely: an acknowledgement is no read receipt.

/// At most one ordinary acknowledgement a day and space.
pub const ACK_EVERY_MS: i64 = 24 * 60 * 60 * 1000;

/// What arrived in a space since its last acknowledgement.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct News {
    /// Anything but acknowledgements.
    pub items: bool,
    /// A removal, an epoch, an erase or a support request: acknowledged at once.
    pub urgent: bool,
}

/// Whether to write one now. `last_ms` is when this device wrote the last one, by its own clock.
#[must_use]
pub fn is_ack_due(news: News, last_ms: Option<i64>, now_ms: i64) -> bool {
    news.urgent
        || (news.items
            // A clock that went back must not silence the device for ever.
            && last_ms.is_none_or(|last| now_ms < last || now_ms - last >= ACK_EVERY_MS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acknowledgements_alone_are_never_acknowledged() {
        assert!(!is_ack_due(News::default(), None, 0));
    }

    #[test]
    fn ordinary_news_is_acknowledged_once_a_day_and_urgent_news_at_once() {
        let items = News {
            items: true,
            urgent: false,
        };
        assert!(is_ack_due(items, None, 5));
        assert!(!is_ack_due(items, Some(5), 5 + ACK_EVERY_MS - 1));
        assert!(is_ack_due(items, Some(5), 5 + ACK_EVERY_MS));
        assert!(is_ack_due(items, Some(5), 4));
        assert!(is_ack_due(
            News {
                items: true,
                urgent: true
            },
            Some(5),
            6
        ));
    }
}
