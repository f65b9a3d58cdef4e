//! For or against something: a side and what it is taken on, asked for together.

use tantivy::query::EmptyQuery;

use super::compile::{Compiled, Compiler, all_of, any_of, term, unscored, wanted};
use super::document_sets::Complement;
use super::{IndexError, flags};
use crate::query::{FieldName, Query, Unit};
use crate::record::Stance;

/// A side, and all that it must be taken on.
#[derive(Debug, PartialEq)]
pub struct Position<'q> {
    side: Stance,
    targets: Vec<&'q Query>,
}

impl<'q> Position<'q> {
    /// Takes a position out of the clauses that must all hold of one statement, if there is one.
    pub fn taken_from(clauses: &mut Vec<&'q Query>) -> Option<Position<'q>> {
        let mut sides = clauses.iter().filter_map(|clause| side(clause));
        let (Some(side), None) = (sides.next(), sides.next()) else { return None };
        if !clauses.iter().any(|clause| is_target(clause)) {
            return None;
        }
        let (own, others): (Vec<&Query>, Vec<&Query>) =
            clauses.drain(..).partition(|clause| is_target(clause) || self::side(clause).is_some());
        *clauses = others;
        Some(Position { side, targets: own.into_iter().filter(|clause| is_target(clause)).collect() })
    }
}

fn side(clause: &Query) -> Option<Stance> {
    match clause {
        Query::Field { field: FieldName::Stance, value, .. } => {
            value.to_lowercase().parse().ok().filter(|side| *side != Stance::Neutral)
        }
        _ => None,
    }
}

fn is_target(clause: &Query) -> bool {
    match clause {
        Query::Field { field: FieldName::Target, value, exact } => !exact && value != "*",
        Query::Actor { field: FieldName::Target, .. } => true,
        _ => false,
    }
}

impl Compiler<'_> {
    /// Returns the statements that take a position: who is for the end of a thing is against it.
    pub fn position(&self, position: &Position) -> Result<Compiled, IndexError> {
        let side = |side: Stance| unscored(term(self.fields.stance, side.name()));
        let mut straight = vec![side(position.side)];
        let mut turned = vec![side(position.side.opposite())];
        for target in &position.targets {
            let undone = self.undoing(target);
            straight.push(self.part(target, Unit::Statements)?);
            straight.push(unscored(Box::new(Complement { of: undone.box_clone() })));
            turned.push(undone);
        }
        Ok(any_of(vec![all_of(straight), all_of(turned)]))
    }

    /// Returns the statements whose target would put an end to what a clause on targets asks for.
    fn undoing(&self, target: &Query) -> Compiled {
        let f = self.fields;
        match target {
            Query::Field { value, .. } => wanted(f.undoes, value.trim(), false),
            Query::Actor { actor, .. } => all_of(vec![unscored(term(f.is, flags::UNDOING)), self.target(actor)]),
            _ => Box::new(EmptyQuery),
        }
    }
}
