//! The plain phrasings that are understood, as templates.

use super::parsed::View;

/// A phrasing and what it asks.
pub struct Template {
    /// Words (`a|b` any of them), `[optional parts]` and `<slots>`.
    pub pattern: &'static str,
    /// Clauses that the phrasing implies whatever fills its slots.
    pub given: &'static str,
    pub view: View,
    /// Readings that it leaves open.
    pub others: &'static [Other],
    /// The words are so common that they may just be words.
    pub plain_words_too: bool,
}

/// A reading that a phrasing leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Other {
    /// "by Mexico": about it, or published there.
    AboutOrIn,
    /// "Reuters coverage": articles that cite it.
    Cites,
    /// A topic as the target.
    Target,
    /// A target as mere words.
    Words,
    /// "X against Y" as a comparison.
    Compare,
}

/// All phrasings; the first that fits counts.
pub const TEMPLATES: &[Template] = &[
    // who supports and who opposes T
    columns(
        "who|which [countries|actors|governments|people] [is|are] <verb> and|or [who|which] [is|are] <verb2> <target> [on|about <about>] [<dates>]",
    ),
    columns("<noun> [for|to|of] and|or <stance> for|to|of <target> [on|about <about>] [<dates>]"),
    // who opposed T
    by_actor(
        "who|which [countries|actors|governments|people|politicians|leaders] [else] [is|are|was|were|has|have|had] [been] <verb> <target> [on|about|over <about>] [<dates>]",
    ),
    Template {
        others: &[Other::Target],
        ..actors(
            "who|which [countries|actors|governments|people|politicians|leaders] [has|have] spoke|spoken|talked|talks|commented|comments|said|says [anything|something] on|about|over <about> [<dates>]",
        )
    },
    Template {
        given: "unit:statements stance:support",
        ..by_actor(
            "who|which [countries|actors|governments|people] is|are|was|were for <target> [on|about|over <about>] [<dates>]",
        )
    },
    actors("who says|said what about|on <about> [<dates>]"),
    // did X oppose T
    about_target("did|does|do|has|have|had|is|are|was|were <by> <verb> <target> [on|about|over <about>] [<dates>]"),
    // compare X and Y on T
    compare("compare <by> and|with|to|vs|versus|against <by2> [on|about|over|regarding <about>] [<dates>]"),
    compare("compare <by> [on|about|over|regarding <about>] [<dates>]"),
    // when did X change its position on T
    shifts(
        "[when|how|why] did|has|have|had <by> change|changed|shift|shifted|reverse|reversed|switch|switched its|their|his|her|the [position|positions|stance|view|views|mind|policy|tone] [on|about|over|regarding <about>] [<dates>]",
    ),
    shifts(
        "when|how did|has|have <by's> position|stance|view|views|policy|tone [on|about|over|regarding <about>] change|changed|shift|shifted [on|about|over|regarding <about>] [<dates>]",
    ),
    // what was said about T
    statements(
        "what has|have|was|is been|being said|written on|about|over|of|regarding <about> [<dates>]",
        &[Other::Target],
    ),
    statements("what was|is said|written on|about|over|of|regarding <about> [<dates>]", &[Other::Target]),
    saying("how did|does|has|have <by> react|reacted|respond|responded to <about> [<dates>]"),
    // what did X say about T
    saying(
        "what did|does|do|has|have|had <by> say|said|saying|think|claim|claimed|argue|argued|tell|told [on|about|over|of|regarding <about>] [<dates>]",
    ),
    saying("what <by> said|says|say|thinks|think|claimed|claims [on|about|over|of|regarding <about>] [<dates>]"),
    saying(
        "[what] [is|was|are|were] <by's> position|stance|view|views|opinion|line|reaction|response on|about|over|of|to|regarding <about> [<dates>]",
    ),
    saying("[what] [is|was|are|were] position|stance|view|views of <by> on|about|over|regarding <about> [<dates>]"),
    // articles that mention X but never quote it
    articles(
        "articles|stories|texts|coverage that|which mention|mentions|name|names <unquoted> but never|not quote|quotes|quoting it|them|him|her [<dates>]",
    ),
    articles(
        "articles|stories|texts|coverage that|which mention|mentions|name|names <unquoted> but|and do|does|did not|never quote it|them|him|her [<dates>]",
    ),
    articles(
        "articles|stories|texts|coverage mentioning|naming <unquoted> but|and not|never quoting it|them|him|her [<dates>]",
    ),
    articles(
        "articles|stories|texts|coverage that|which mention|mentions <unquoted> without quoting it|them|him|her [<dates>]",
    ),
    articles("articles|stories|texts|coverage mentioning <unquoted> without quoting it|them|him|her [<dates>]"),
    articles("articles|stories|texts that|which mention|mentions|name|names <mentions> [<dates>]"),
    articles("articles|stories|texts mentioning|naming <mentions> [<dates>]"),
    articles("articles|stories|texts that|which quote|quotes <by> [on|about|over|regarding <about>] [<dates>]"),
    articles("articles|stories|texts quoting <by> [on|about|over|regarding <about>] [<dates>]"),
    // anonymous officials quoted by O
    anonymous(
        "anonymous|unnamed official|officials|source|sources|speaker|speakers|people quoted|cited by|in <source> [on|about|over|regarding <about>] [<dates>]",
    ),
    anonymous(
        "anonymous|unnamed official|officials|source|sources|speaker|speakers|quotes|quote|statements [in|by <source>] [on|about|over|regarding <about>] [<dates>]",
    ),
    // direct quotes only, not O, before D
    direct(
        "[only] direct|verbatim quote|quotes|quotation|quotations [only] [by|from <by>] [on|about|over|regarding <about>] [not|except|without|excluding [from|by|in] <not-source>] [<dates>]",
    ),
    // O coverage of T
    coverage("<source's> coverage|reporting|articles|stories of|on|about|over <text> [<dates>]"),
    coverage("<source> coverage|reporting of|on|about|over <text> [<dates>]"),
    coverage("<source> articles|stories|reports|news on|about|over <text> [<dates>]"),
    coverage("coverage|reporting of|on|about <text> by|in|from <source> [<dates>]"),
    coverage("articles|stories|reports|news on|about|of <text> by|in|from <source> [<dates>]"),
    coverage("articles|stories|reports|news|coverage from|by|in <source> on|about|of <text> [<dates>]"),
    coverage("articles|stories|reports|coverage from|by|in <source> [<dates>]"),
    articles("coverage|articles|stories|news of|on|about <text> [<dates>]"),
    // statements supporting T by X
    about_target(
        "statements|statement|remarks|comments|quotes|quotations <verb> <target> by|from <by> [on|about|over|regarding <about>] [<dates>]",
    ),
    // opposition statements by X
    said_by(
        "<stance> statements|statement|remarks|remark|comments|comment|quotes|quotations|words|voices by|from|of <by> [to|against|towards|toward|for <target>] [on|about|over|regarding <about>] [<dates>]",
    ),
    about_target(
        "<stance> statements|remarks|comments|quotes|voices to|against|towards|toward|for <target> [on|about|over|regarding <about>] [<dates>]",
    ),
    statements(
        "<stance> statements|remarks|comments|quotes|voices on|about|over|regarding <about> [<dates>]",
        &[Other::Target],
    ),
    statements("<stance> statements|remarks|comments|quotes|voices [<dates>]", &[]),
    said_by(
        "statements|remarks|comments|expressions of <noun> by|from <by> [to|of|against|for <target>] [on|about|over <about>] [<dates>]",
    ),
    Template {
        plain_words_too: true,
        ..statements(
            "<Name> <stance> statements|remarks|comments|quotes [on|about|over|regarding <about>] [<dates>]",
            &[Other::AboutOrIn],
        )
    },
    // opposition by X to Y on T
    said_by(
        "<noun> by|from|among <by> [to|of|against|for|towards|toward <target>] [on|about|over|regarding <about>] [<dates>]",
    ),
    said_by(
        "<noun> of|to|against|for|towards|toward <target> by|from|among <by> [on|about|over|regarding <about>] [<dates>]",
    ),
    about_target("<noun> of|to|against|for|towards|toward <target> [on|about|over|regarding <about>] [<dates>]"),
    // X's criticism of Y
    about_target("<by's> <noun> of|to|against|for|towards|toward <target> [on|about|over|regarding <about>] [<dates>]"),
    statements("<by's> <noun> on|about|over|regarding <about> [<dates>]", &[Other::Target]),
    about_target("<Name> <noun> of|to|against|for|towards|toward <target> [on|about|over|regarding <about>] [<dates>]"),
    statements("<by's> <noun> [<dates>]", &[]),
    // statements by X against Y
    said_by(
        "statements|statement|remarks|comments|quotations|words by|from <by> <verb> <target> [on|about|over|regarding <about>] [<dates>]",
    ),
    said_by(
        "statements|statement|remarks|comments|quotations|words|everything|anything by|from|of <by> [on|about|over|regarding <about>] [<dates>]",
    ),
    statements(
        "<by's> statements|remarks|comments|quotes|words [on|about|over|regarding <about>] [<dates>]",
        &[Other::Target],
    ),
    Template {
        given: "unit:statements is:quoted",
        ..said_by("quotes|quote by|from|of <by> [on|about|over|regarding <about>] [<dates>]")
    },
    Template {
        given: "unit:statements is:quoted",
        ..statements("quotes on|about|over|regarding <about> [<dates>]", &[Other::Target])
    },
    about_target("statements|remarks|comments|quotations <verb> <target> [on|about|over|regarding <about>] [<dates>]"),
    statements("statements|remarks|comments|quotations on|about|over|regarding <about> [<dates>]", &[Other::Target]),
    // reactions to T
    statements("reactions|reaction|responses|response to <about> by|from|in <by> [<dates>]", &[Other::Target]),
    statements("reactions|reaction|responses|response [by|from|of <by>] to <about> [<dates>]", &[Other::Target]),
    // X against Y on T
    Template {
        given: "stance:oppose",
        others: &[Other::Compare],
        plain_words_too: true,
        ..statements("<by> against|versus|vs|v <target> on|about|over|regarding <about> [<dates>]", &[])
    },
    Template {
        given: "stance:oppose",
        others: &[Other::Compare],
        plain_words_too: true,
        ..statements("<Name> against|versus|vs <target> [<dates>]", &[])
    },
];

const fn statements(pattern: &'static str, others: &'static [Other]) -> Template {
    Template { pattern, given: "unit:statements", view: View::List, others, plain_words_too: false }
}

const fn saying(pattern: &'static str) -> Template {
    statements(pattern, &[Other::Target])
}

const fn said_by(pattern: &'static str) -> Template {
    statements(pattern, &[Other::AboutOrIn])
}

const fn about_target(pattern: &'static str) -> Template {
    statements(pattern, &[Other::Words])
}

const fn actors(pattern: &'static str) -> Template {
    Template { view: View::Actors, ..statements(pattern, &[]) }
}

const fn by_actor(pattern: &'static str) -> Template {
    Template { view: View::Actors, ..about_target(pattern) }
}

const fn columns(pattern: &'static str) -> Template {
    Template { view: View::Columns, ..about_target(pattern) }
}

const fn compare(pattern: &'static str) -> Template {
    Template { pattern, given: "", view: View::Compare, others: &[], plain_words_too: false }
}

const fn shifts(pattern: &'static str) -> Template {
    Template { pattern, given: "", view: View::Shifts, others: &[], plain_words_too: false }
}

const fn anonymous(pattern: &'static str) -> Template {
    Template { pattern, given: "is:anonymous", view: View::List, others: &[Other::Cites], plain_words_too: false }
}

const fn direct(pattern: &'static str) -> Template {
    Template { pattern, given: "type:direct", view: View::List, others: &[], plain_words_too: false }
}

const fn articles(pattern: &'static str) -> Template {
    Template { pattern, given: "unit:articles", view: View::List, others: &[], plain_words_too: false }
}

const fn coverage(pattern: &'static str) -> Template {
    Template { pattern, given: "unit:articles", view: View::Timeline, others: &[Other::Cites], plain_words_too: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_well_formed() {
        const SLOTS: &[&str] = &[
            "noun",
            "verb",
            "verb2",
            "stance",
            "dates",
            "by",
            "by2",
            "by's",
            "Name",
            "target",
            "about",
            "mentions",
            "unquoted",
            "source",
            "source's",
            "text",
            "not-source",
        ];
        for template in TEMPLATES {
            let brackets = |c| template.pattern.matches(c).count();
            assert_eq!(brackets('['), brackets(']'), "{}", template.pattern);
            for slot in template.pattern.split('<').skip(1).filter_map(|s| s.split('>').next()) {
                assert!(SLOTS.contains(&slot), "{slot}");
            }
        }
    }
}
