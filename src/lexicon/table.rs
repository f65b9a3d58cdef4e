//! Reads one CSV file of the lexicon row by row, by position, with faults that name the line.

use super::LexiconError;

/// One row of a table, with its place for error messages.
pub(super) struct Row<'t> {
    file: &'t str,
    columns: &'t [&'t str],
    record: &'t csv::StringRecord,
}

/// Calls `each` for every row; the header must name `columns` in this order.
pub(super) fn read_rows(
    file: &str,
    text: &str,
    columns: &[&str],
    mut each: impl FnMut(Row) -> Result<(), LexiconError>,
) -> Result<(), LexiconError> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let csv_fault = |error: csv::Error| LexiconError::Csv {
        file: file.to_string(),
        line: error.position().map_or(0, csv::Position::line),
        fault: error.to_string(),
    };
    let has_header = reader.read_record(&mut record).map_err(csv_fault)?;
    if !has_header || record.iter().ne(columns.iter().copied()) {
        let found = record.iter().collect::<Vec<_>>().join(",");
        return Err(LexiconError::Header { file: file.to_string(), found, expected: columns.join(",") });
    }
    while reader.read_record(&mut record).map_err(csv_fault)? {
        each(Row { file, columns, record: &record })?;
    }
    Ok(())
}

impl Row<'_> {
    /// Returns the field at this position.
    pub(super) fn field(&self, column: usize) -> &str {
        &self.record[column]
    }

    /// Returns the field as an owned string.
    pub(super) fn string(&self, column: usize) -> String {
        self.field(column).to_string()
    }

    /// Returns the field, or `None` where it is empty.
    pub(super) fn optional(&self, column: usize) -> Option<String> {
        Some(self.field(column)).filter(|field| !field.is_empty()).map(str::to_string)
    }

    /// Returns the values of a field that holds several, separated by `|`.
    pub(super) fn list(&self, column: usize) -> Vec<String> {
        let field = self.field(column);
        if field.is_empty() { Vec::new() } else { field.split('|').map(str::to_string).collect() }
    }

    /// Reads the field with `read`, or refuses it with the values that the column knows.
    pub(super) fn parsed<T>(
        &self,
        column: usize,
        read: impl Fn(&str) -> Option<T>,
        known: &str,
    ) -> Result<T, LexiconError> {
        read(self.field(column)).ok_or_else(|| self.fault(column, known))
    }

    /// Returns the error that refuses a field.
    pub(super) fn fault(&self, column: usize, known: &str) -> LexiconError {
        LexiconError::Value {
            file: self.file.to_string(),
            line: self.record.position().map_or(0, csv::Position::line),
            column: self.columns[column].to_string(),
            value: self.string(column),
            known: known.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> String {
        let read = |row: Row| row.parsed(1, |f| f.parse::<u8>().ok(), "a number").map(|_| ());
        read_rows("x.csv", text, &["name", "weight"], read).map_err(|e| e.to_string()).unwrap_err()
    }

    #[test]
    fn faults_name_file_and_line() {
        assert_eq!(fault("name,height\n"), "x.csv: the header is `name,height`; write `name,weight`");
        assert_eq!(fault("name,weight\na,1\nb,two\n"), "x.csv, line 3: `two` is not a weight; write a number");
        assert!(fault("name,weight\na,1\nb\n").starts_with("x.csv, line 3: "));
        assert_eq!(fault(""), "x.csv: the header is ``; write `name,weight`");
    }

    #[test]
    fn fields_hold_lists() {
        let mut lists = Vec::new();
        let text = "names\nU.S.|America\n\"a, b\"\n\"\"\n";
        read_rows("x.csv", text, &["names"], |row| {
            lists.push(row.list(0));
            Ok(())
        })
        .unwrap();
        assert_eq!(lists, [vec!["U.S.", "America"], vec!["a, b"], vec![]]);
    }
}
