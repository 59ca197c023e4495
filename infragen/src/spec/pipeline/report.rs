//! What a build's test tools write.

/// Files that CodeBuild reads and shows as a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub(crate) format: ReportFormat,
    pub(crate) files: Vec<String>,
}

/// What a report's files hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportFormat {
    /// JUnit's XML, of tests.
    Junit,
    /// Cucumber's JSON, of tests.
    Cucumber,
    /// NUnit's XML, of tests.
    Nunit,
    /// NUnit 3's XML, of tests.
    Nunit3,
    /// TestNG's XML, of tests.
    TestNg,
    /// Visual Studio's TRX, of tests.
    VisualStudio,
    /// Clover's XML, of coverage.
    Clover,
    /// Cobertura's XML, of coverage.
    Cobertura,
    /// JaCoCo's XML, of coverage.
    Jacoco,
    /// SimpleCov's JSON, of coverage.
    SimpleCov,
}

impl Report {
    /// A report in files of this format, given as globs.
    #[must_use]
    pub fn new<P: Into<String>>(format: ReportFormat, files: impl IntoIterator<Item = P>) -> Self {
        Self { format, files: files.into_iter().map(Into::into).collect() }
    }

    /// Tests, in JUnit's format.
    #[must_use]
    pub fn junit<P: Into<String>>(files: impl IntoIterator<Item = P>) -> Self {
        Self::new(ReportFormat::Junit, files)
    }
}
