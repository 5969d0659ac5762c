//! What a person wants from whoever reads their check-in (C1).

use crate::words::word_enum;

word_enum!(
    /// What I need from whoever reads this (C1).
    Need, "need", {
        /// No advice, no questions: be there.
        JustListen = 1, "just listen";
        /// Questions help me think.
        AskMe = 2, "ask me";
        /// Ideas and advice are welcome.
        IdeasWelcome = 3, "ideas welcome";
        /// Nothing is needed.
        Nothing = 4, "nothing";
    }
);
