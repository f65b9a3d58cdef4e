//! Speakers whom the phrase names: people and what is theirs, bodies, states, regions, outlets.

use super::cast::Mention;
use super::resolve::{Resolved, Resolver, Spoke};
use super::roles::{body_of_state, state_within};
use super::rollup::{body_actor, plain_actor, state_actor};
use crate::extract::annotated::Name;
use crate::language::TokenRange;
use crate::lexicon::{
    Body, CueKind, Entry, Office, OfficeKind, Region, SpeakerNoun, State, StateName, WordClass, ancestors, slug,
};
use crate::record::{Actor, ActorKind, ResolvedBy};

impl<'a> Resolver<'_, 'a> {
    /// `Sen. Jane Doe`, `Doe`, `experts such as Jane Doe`; not the owner in `Doe's lawyer` or `a lawyer for Doe`.
    pub(super) fn person_in(&self, source: &TokenRange) -> Option<Resolved> {
        let first = || self.cast.mentions_within(source).find(|m| !self.is_owner(&m.tokens, source));
        let mention = self.titled_within(source).or_else(first)?;
        let by = if mention.tokens.len() > 1 { ResolvedBy::Named } else { ResolvedBy::Surname };
        Some(Resolved { actor: self.actor_of(mention.person), person: Some(mention.person), by })
    }

    /// `Doe spokesman John Roe`, `Harbour Gazette's Jane Doe`: whoever the title belongs to, not who is named inside it.
    fn titled_within(&self, source: &TokenRange) -> Option<&Mention> {
        let text = self.text;
        let first = self.cast.mentions_within(source).next()?;
        let ends = |i: usize| {
            let joined = text.is(i, WordClass::Preposition) && text.lower(i) != "of";
            joined || matches!(text.lower(i), "," | "(" | "—" | "–" | "--" | "and" | "or" | "who" | "that" | "which")
        };
        let end = (first.tokens.end..source.end).find(|&i| ends(i)).unwrap_or(source.end);
        let last = self.cast.mentions_within(&(first.tokens.end..end)).last().filter(|m| m.tokens.end == end)?;
        let between = first.tokens.end..last.tokens.start;
        let is_verb = |i: usize| text.lexicon.cue_at(&text.words, i).is_some_and(|(cue, _)| cue.kind == CueKind::Verb);
        let in_title = |i: usize| text.is_capital(i) || !text.is(i, WordClass::FiniteVerb) && !is_verb(i);
        let is_title = text.offices_within(&between).next().is_some()
            || between.clone().any(|i| !text.is_capital(i) || text.is_possessive(i));
        (is_title && between.clone().all(in_title)).then_some(last)
    }

    /// `Legal scholars, including Jane Doe`, `experts such as Jane Doe`: the one who is named.
    pub(super) fn exemplified(&self, source: &TokenRange) -> Option<Resolved> {
        const REACH: usize = 4;
        let after = source.end + usize::from(self.text.lower(source.end) == ",");
        let named_from = match (self.text.lower(after), self.text.lower(after + 1)) {
            ("including", _) => after + 1,
            ("such", "as") => after + 2,
            _ => return None,
        };
        let mention = self.cast.mentions_within(&(named_from..named_from + REACH)).next()?;
        if self.text.is_possessive(mention.tokens.end - 1) || !self.text.is_capital(named_from) {
            return None;
        }
        let actor = self.actor_of(mention.person);
        Some(Resolved { actor, person: Some(mention.person), by: ResolvedBy::Named })
    }

    /// Tells whether a name inside a speaker's phrase only says whose speaker it is.
    pub(super) fn is_owner(&self, name: &TokenRange, source: &TokenRange) -> bool {
        let possessive = self.text.is_possessive(name.end - 1) && name.end < source.end;
        let titled = |i: &usize| self.text.office_at(*i).is_some();
        let before = name.start.checked_sub(1).filter(|&i| i >= source.start);
        // `an aide to Chancellor Doe`, not `Department of Harbours Secretary Jane Doe`.
        let before_title = (source.start..name.start).rev().find(|i| !titled(i));
        let serves = before_title.is_some_and(|i| matches!(self.text.lower(i), "to" | "for" | "with"));
        let modifies = name.end < source.end
            && self.text.lexicon.speaker_noun(self.text.lower(source.end - 1)).is_some()
            && !(name.end..source.end).any(|i| matches!(self.text.lower(i), "," | "and" | "(" | "of"));
        possessive || modifies || serves || before.is_some_and(|i| self.text.is(i, WordClass::Preposition))
    }

    /// `Trump's campaign`, `a spokesman for Doe`, `his lawyer`: somebody of somebody's.
    pub(super) fn owned(&self, source: &TokenRange) -> Option<Resolved> {
        let named = self.cast.mentions_within(source).next();
        let owner = named.map(|m| m.person);
        let owner = owner.or_else(|| {
            let pronoun = matches!(self.text.lower(source.start), "his" | "her" | "their") && source.len() > 1;
            let as_subject = if self.text.lower(source.start) == "her" { "she" } else { "he" };
            pronoun.then(|| self.pronoun(as_subject, source.start).and_then(|r| r.person)).flatten()
        })?;
        let person = self.actor_of(owner);
        if self.is_own_speech(source, named.map_or(source.start, |m| m.tokens.end - 1)) {
            return Some(Resolved { actor: person, person: Some(owner), by: ResolvedBy::Owner });
        }
        let noun = self.text.lower(source.end - 1);
        let body = source.clone().find_map(|i| {
            Some(self.text.lower(i)).filter(|w| matches!(*w, "administration" | "government" | "cabinet"))
        });
        if body.is_some() && !person.counts_for.is_empty() {
            let path = person.counts_for.iter().find(|p| p.ends_with("/government"))?;
            let state = self.counting.lexicon.state_of_path(path)?;
            let mut actor = state_actor(state, self.counting);
            actor.because = format!("{} of {}", body.unwrap_or("government"), person.name);
            return Some(Resolved { actor, person: None, by: ResolvedBy::Administration });
        }
        let kind = match self.text.lexicon.speaker_noun(noun) {
            Some(SpeakerNoun::Group | SpeakerNoun::Agency) => ActorKind::Group,
            _ => ActorKind::Unnamed,
        };
        let mut actor = plain_actor(self.label(source), kind);
        let serves = |word: &str| {
            let noun = word.trim_end_matches('s');
            matches!(noun, "office" | "aide" | "adviser" | "advisor") || word.starts_with("spokes")
        };
        let campaigns = source.clone().any(|i| self.text.lower(i) == "campaign");
        if !campaigns && source.clone().any(|i| serves(self.text.lower(i))) {
            actor.countries = person.countries.clone();
            actor.counts_for = person.counts_for.clone();
        }
        actor.affiliations = vec![person.name.clone()];
        actor.because = format!("speaks for {}", person.name);
        Some(Resolved { actor, person: None, by: ResolvedBy::Owner })
    }

    /// `Doe's latest comments`, `his insistence`, `a letter from Doe`: what somebody says is said by whoever owns it.
    fn is_own_speech(&self, source: &TokenRange, owner: usize) -> bool {
        let text = self.text;
        let possessive = text.is_possessive(owner) || matches!(text.lower(owner), "his" | "her" | "their");
        if !possessive {
            let from =
                owner > source.start && source.clone().any(|i| i < owner && matches!(text.lower(i), "by" | "from"));
            return from && self.head_noun(source) == Some(SpeakerNoun::Document);
        }
        let ends = |i: &usize| text.lower(*i) == "," || text.is(*i, WordClass::HeadEnd);
        let owned = owner + 1..(owner + 1..source.end).find(ends).unwrap_or(source.end);
        let Some(head) = owned.clone().next_back() else { return false };
        let noun = text.lexicon.speaker_noun(text.lower(head));
        let titled = text.offices_within(&owned).next().is_some();
        let says = || text.lexicon.cue_at(&text.words, head).is_some() || utters(text.lower(head));
        match noun {
            Some(SpeakerNoun::Document) => true,
            Some(_) => false,
            None => !titled && !text.is_capital(head) && says(),
        }
    }

    /// `Mexico`, `the Kremlin`, `White House officials`, `Senate Democrats`, `the Mexican foreign ministry`.
    pub(super) fn named_body(&self, source: &TokenRange) -> Option<Resolved> {
        let text = self.text;
        let names: Vec<&Name> = text.names_within(source).collect();
        let head = self.head_noun(source);
        let bodies: Vec<&Body> = names.iter().filter_map(|n| body_of(n)).collect();
        let unnamed = head.is_some_and(|h| h == SpeakerNoun::Unnamed);
        let spokesperson = source.clone().any(|i| text.lower(i).starts_with("spokes"));
        if let Some(body) = bodies.first().and_then(|body| self.of_another_state(source, body)) {
            return Some(body);
        }
        if !bodies.is_empty() {
            return Some(self.of_bodies(source, &bodies, head, unnamed || spokesperson));
        }
        let outlet = names.iter().find_map(|n| if let Entry::Outlet(o) = n.entries[0] { Some(o) } else { None });
        let state_name = names.iter().find_map(|n| match n.entries[0] {
            Entry::State(state, how) if !self.names_private_body(&n.tokens, source) => Some((state, how)),
            _ => None,
        });
        if let Some((state, how)) = state_name.filter(|_| outlet.is_none()) {
            return Some(self.of_state(source, state, how, head));
        }
        let region = names.iter().find_map(|n| region_of(n));
        if let Some(region) = region.filter(|_| outlet.is_none()) {
            return Some(self.of_region(source, region, head));
        }
        let outlet = outlet?;
        let mut actor = plain_actor(outlet.name.clone(), ActorKind::Media);
        actor.id = outlet.id.clone();
        Some(Resolved { actor, person: None, by: ResolvedBy::Outlet })
    }

    /// `Kenya's Supreme Court`, where the lexicon knows another state's by that name.
    fn of_another_state(&self, source: &TokenRange, body: &Body) -> Option<Resolved> {
        let lexicon = self.counting.lexicon;
        let own = lexicon.state_of_path(&body.path)?;
        let state = state_within(self.text, source).filter(|state| state.path != own.path)?;
        let (_, below) = body.path.split_once('/')?;
        let (known, _) = body_of_state(self.text, source)?;
        let there = lexicon.body(&lexicon.office_path(state, below)).filter(|_| known.path == state.path);
        let mut actor = there.map_or_else(|| state_actor(state, self.counting), |body| body_actor(body, self.counting));
        actor.name = self.plain_label(source);
        actor.kind = body.kind;
        Some(Resolved { actor, person: None, by: ResolvedBy::Body })
    }

    /// `Young America's Foundation`: a name that goes on to one of a body that is no state's.
    fn names_private_body(&self, name: &TokenRange, source: &TokenRange) -> bool {
        let text = self.text;
        let goes_on = |i: &usize| text.is_capital(*i) || matches!(text.lower(*i), "for" | "of" | "based" | "-");
        (name.end..source.end).take_while(goes_on).any(|i| text.is_capital(i) && text.is(i, WordClass::PrivateBody))
    }

    fn of_bodies(&self, source: &TokenRange, bodies: &[&Body], head: Option<SpeakerNoun>, unnamed: bool) -> Resolved {
        let lexicon = self.counting.lexicon;
        let mut actor = body_actor(bodies[0], self.counting);
        let party = bodies.iter().find(|b| b.kind == ActorKind::Party);
        let chamber = bodies.iter().find(|b| b.kind == ActorKind::Legislature);
        for body in &bodies[1..] {
            for path in ancestors(&body.path) {
                if !actor.counts_for.contains(&path) {
                    actor.counts_for.push(path);
                }
            }
            if let Some(state) = lexicon.state_of_path(&body.path) {
                actor.countries = vec![state.alpha2.clone()];
            }
        }
        let lone = source.len() <= 2 && bodies.len() == 1 && !unnamed;
        if let (Some(party), true) = (party, !unnamed) {
            actor.kind = ActorKind::Party;
            if chamber.is_some() {
                actor.name = self.label(source);
                actor.id = slug(&actor.name);
                actor.affiliations = bodies.iter().map(|b| lexicon.label(&b.path)).collect();
            } else if head == Some(SpeakerNoun::Group) && !lone {
                actor.name = self.label(source);
                actor.id = slug(&actor.name);
                actor.affiliations = vec![lexicon.label(&party.path)];
            }
            return Resolved { actor, person: None, by: ResolvedBy::Body };
        }
        if unnamed {
            actor.kind = ActorKind::Unnamed;
            actor.affiliations = bodies.iter().map(|b| lexicon.label(&b.path)).collect();
            actor.name = self.label(source);
            actor.id = slug(&actor.name);
            return Resolved { actor, person: None, by: ResolvedBy::UnnamedOfBody };
        }
        Resolved { actor, person: None, by: ResolvedBy::Body }
    }

    /// `Mexico`, `the Mexican government`, `Mexican officials`, `Mexicans`: the state, who speaks for it, or its people.
    fn of_state(&self, source: &TokenRange, state: &State, how: StateName, head: Option<SpeakerNoun>) -> Resolved {
        if let Some(body) = self.ministry_of(source, state) {
            return self.of_ministry(source, body, head);
        }
        let office = self.text.offices_within(source).max_by_key(|o| o.tokens.len()).map(|o| o.office);
        let public =
            office.filter(|o| !matches!(o.kind, OfficeKind::Post | OfficeKind::Private | OfficeKind::Honorific));
        let government = source.clone().any(|i| matches!(self.text.lower(i), "government" | "administration"));
        let says_people = matches!(how, StateName::Adjective | StateName::People);
        let is_name =
            self.text.names_within(source).any(|n| n.tokens.len() + 1 >= source.len() && n.tokens.end == source.end);
        let whole = source.len() == 1 || is_name || head.is_none() && office.is_none();
        if government && public.is_none() || whole && !says_people {
            return Resolved { actor: state_actor(state, self.counting), person: None, by: ResolvedBy::State };
        }
        self.people_of_state(source, state, head, public)
    }

    /// `a Mexican foreign ministry official` is nobody named of the ministry.
    fn of_ministry(&self, source: &TokenRange, body: &Body, head: Option<SpeakerNoun>) -> Resolved {
        let mut actor = body_actor(body, self.counting);
        if head == Some(SpeakerNoun::Unnamed) {
            actor.kind = ActorKind::Unnamed;
            actor.affiliations = vec![actor.name.clone()];
            actor.name = self.label(source);
        }
        Resolved { actor, person: None, by: ResolvedBy::Body }
    }

    /// `Mexican officials` speak for their state, `Mexican farmers` do not.
    fn people_of_state(
        &self,
        source: &TokenRange,
        state: &State,
        head: Option<SpeakerNoun>,
        office: Option<&Office>,
    ) -> Resolved {
        let official = self.text.is(source.end - 1, WordClass::Officials)
            || source.clone().any(|i| matches!(self.text.lower(i), "official" | "officials"));
        let body = body_of_state(self.text, source).is_some();
        let mut actor = state_actor(state, self.counting);
        actor.name = self.label(source);
        actor.id = slug(&actor.name);
        actor.kind = match head {
            _ if self.is_one_of_many_nouns(source) => ActorKind::Unnamed,
            Some(SpeakerNoun::Agency) => ActorKind::Agency,
            Some(SpeakerNoun::Unnamed) => ActorKind::Unnamed,
            // `Egypt's information minister`: one who holds an office.
            _ if office.is_some() && !body && !self.text.lower(source.end - 1).ends_with('s') => ActorKind::Unnamed,
            _ => ActorKind::Group,
        };
        if official || body || office.is_some() || head == Some(SpeakerNoun::Agency) {
            if let Some(office) = office {
                actor.counts_for = ancestors(&self.counting.lexicon.office_path(state, &office.below));
            }
            return Resolved { actor, person: None, by: ResolvedBy::OfficialsOfState };
        }
        actor.counts_for.clear();
        actor.countries.clear();
        actor.because = format!("of {}, does not speak for it", state.name_with_article());
        Resolved { actor, person: None, by: ResolvedBy::Group }
    }

    /// `the Mexican foreign ministry`, `Russia's Defense Ministry`
    fn ministry_of(&self, source: &TokenRange, state: &State) -> Option<&'a Body> {
        let ministry = source.clone().find(|&i| matches!(self.text.lower(i), "ministry" | "department"))?;
        let subject = self.text.lower(ministry.checked_sub(1)?);
        let subject = if subject == "defence" { "defense" } else { subject };
        let lexicon = self.counting.lexicon;
        let paths = [
            format!("{}/government/{subject}-ministry", state.path),
            format!("{}/government/{subject}-department", state.path),
        ];
        paths.iter().find_map(|p| lexicon.body(p))
    }

    fn of_region(&self, source: &TokenRange, region: &Region, head: Option<SpeakerNoun>) -> Resolved {
        let lexicon = self.counting.lexicon;
        let kind = match head {
            Some(SpeakerNoun::Agency) => ActorKind::Agency,
            Some(SpeakerNoun::Unnamed) => ActorKind::Unnamed,
            Some(_) => ActorKind::Group,
            None => ActorKind::Government,
        };
        let mut actor = plain_actor(self.label(source), kind);
        let public = matches!(kind, ActorKind::Agency | ActorKind::Government)
            || source.clone().any(|i| self.text.lower(i).starts_with("official"));
        if public && lexicon.state_of_path(&region.path).is_some() {
            actor.counts_for = ancestors(&region.path);
            actor.countries = region.country.iter().cloned().collect();
            actor.because = format!("{} (lexicon)", region.path);
        }
        Resolved { actor, person: None, by: ResolvedBy::Region }
    }

    /// `the administration`, `the government`: that of the state that the article is about.
    fn government_at_home(&self, noun: &str) -> Option<Actor> {
        let home = self.counting.home?;
        let presidency = || self.counting.lexicon.body(&format!("{}/government/presidency", home.path));
        match noun {
            "administration" => presidency().map(|body| body_actor(body, self.counting)),
            "government" => Some(state_actor(home, self.counting)),
            _ => None,
        }
    }

    /// `the agency`, `the company`, `the newspaper`: the last such body that spoke or was named.
    fn of_kind_before(&self, at: usize, noun: &str) -> Option<Resolved> {
        let kind = match noun {
            "agency" => ActorKind::Agency,
            "company" | "firm" | "retailer" | "automaker" | "carmaker" => ActorKind::Company,
            "group" | "organization" | "organisation" | "nonprofit" => ActorKind::Ngo,
            "paper" | "newspaper" | "network" | "magazine" | "outlet" => ActorKind::Media,
            _ => return None,
        };
        let of_kind = |body: &&Body| body.kind == kind;
        let named = |name: &Name| match name.entries.first() {
            Some(Entry::Body(body)) => of_kind(body),
            Some(Entry::Outlet(_)) => kind == ActorKind::Media,
            _ => false,
        };
        let names = &self.text.names;
        let before = &names[..names.partition_point(|n| n.tokens.start < at)];
        let name = before.iter().rev().take(200).find(|n| named(n));
        let since = name.map_or(0, |n| n.tokens.start);
        let a_thing = |s: &&Spoke| s.actor.kind == kind && s.actor.name.starts_with(char::is_uppercase);
        if let Some(spoke) = self.lately().find(a_thing).filter(|s| s.at >= since) {
            return Some(Resolved { actor: spoke.actor.clone(), person: None, by: ResolvedBy::NamedBefore });
        }
        name.and_then(|n| self.named_body(&n.tokens)).map(|found| Resolved { by: ResolvedBy::NamedBefore, ..found })
    }

    /// `the official`, `the ministry`, `the group`: somebody who spoke or was named before.
    pub(super) fn again(&self, source: &TokenRange) -> Option<Resolved> {
        if source.len() > 2 || self.text.is_capital(source.end - 1) && !self.text.begins_sentence(source.end - 1) {
            return None;
        }
        let definite =
            source.start.checked_sub(1).is_some_and(|i| matches!(self.text.lower(i), "the" | "that" | "this"));
        if !definite
            && !matches!(
                self.text.lower(source.start),
                "the" | "that" | "this" | "officials" | "prosecutors" | "authorities"
            )
        {
            return None;
        }
        let noun = self.text.lower(source.end - 1);
        let stem = noun.trim_end_matches('s');
        let spoke = self.lately().find(|s| {
            let names = s.actor.name.to_lowercase();
            s.written.split(' ').any(|w| w.trim_end_matches('s') == stem)
                || names.split(' ').any(|w| w.trim_end_matches('s') == stem)
        });
        if let Some(spoke) = spoke {
            return Some(Resolved { actor: spoke.actor.clone(), person: spoke.person, by: ResolvedBy::NamedAgain });
        }
        let bare = source.len() == 1
            || !self.text.is_capital(source.start) && !self.text.is(source.start, WordClass::Quantity);
        if let Some(found) = self.of_kind_before(source.start, noun).filter(|_| bare) {
            return Some(found);
        }
        if let Some(actor) = self.government_at_home(stem) {
            return Some(Resolved { actor, person: None, by: ResolvedBy::NamedBefore });
        }
        let wanted = match stem {
            "administration" | "government" => "government",
            "ministry" => "ministry",
            "department" | "court" | "committee" | "bank" | "party" | "council" | "commission" => stem,
            _ => return None,
        };
        let names = &self.text.names;
        let before = names[..names.partition_point(|n| n.tokens.start < source.start)].iter().rev();
        let says = |n: &&Name| n.tokens.clone().any(|i| self.text.lower(i) == wanted);
        let is_one =
            |n: &&Name| body_of(n).is_some_and(|b| b.path.ends_with(wanted) || b.name.to_lowercase().contains(wanted));
        let named = before.clone().find(|n| says(n) && body_of(n).is_some()).or_else(|| before.clone().find(is_one));
        let body = named.and_then(body_of)?;
        Some(Resolved { actor: body_actor(body, self.counting), person: None, by: ResolvedBy::NamedBefore })
    }
}

/// Tells whether a noun is made of a verb, as what somebody does by speaking is: `insistence`, `assertions`.
fn utters(noun: &str) -> bool {
    const ENDINGS: [&str; 6] = ["tion", "sion", "ment", "ence", "ance", "isal"];
    let single = noun.strip_suffix('s').unwrap_or(noun);
    ENDINGS.iter().any(|ending| single.ends_with(ending))
}

fn body_of<'l>(name: &Name<'l>) -> Option<&'l Body> {
    name.entries.iter().find_map(|e| match e {
        Entry::Body(body) => Some(*body),
        _ => None,
    })
}

fn region_of<'l>(name: &Name<'l>) -> Option<&'l Region> {
    name.entries.iter().find_map(|e| match e {
        Entry::Region(region) => Some(*region),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use crate::extract::testing::speakers;

    /// Who is behind a phrase that a sentence about two people follows.
    fn speaker(phrase: &str) -> String {
        let text = format!("Jane Okafor met Tomas Reyer on Monday.\n\n{phrase} made the toll look unfair.");
        speakers(&text, &[phrase]).remove(0)
    }

    #[test]
    fn a_title_with_a_name_in_it_belongs_to_the_name_behind_it() {
        for phrase in [
            "Okafor spokesman Tomas Reyer",
            "former Okafor campaign manager Tomas Reyer",
            "economist and Okafor supporter Tomas Reyer",
        ] {
            assert_eq!(speaker(phrase), "Tomas Reyer", "{phrase}");
        }
        assert_eq!(speaker("Okafor and Reyer"), "Jane Okafor");
        assert_eq!(speaker("Okafor, a friend of Reyer"), "Jane Okafor");
    }

    #[test]
    fn a_name_behind_the_words_of_a_body_is_a_person() {
        assert_eq!(speaker("White House Director of Social Media Maria Rourke"), "Maria Rourke");
        assert_eq!(speaker("Describing Okafor"), "Jane Okafor");
    }

    #[test]
    fn what_somebody_says_is_said_by_its_owner() {
        for phrase in ["Okafor's latest comments", "Okafor's tweet", "Okafor's insistence", "a letter from Okafor"] {
            assert_eq!(speaker(phrase), "Jane Okafor", "{phrase}");
        }
        assert_eq!(speaker("Okafor's lawyer"), "unnamed Okafor's lawyer");
        assert_eq!(speaker("Okafor's campaign"), "Okafor's campaign");
    }
}
