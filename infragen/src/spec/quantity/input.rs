//! What a setter of `spec` accepts: a checked quantity, or text that only the run knows.

use super::Nonsense;

/// A value that a setter can read as a `T`.
///
/// A quantity is taken as it is; a `String` is checked now, and its [`Nonsense`] becomes a diagnostic that names
/// the environment, the field and the Rust line. A bare literal is refused on purpose: its macro checks it when
/// it is compiled. Integers are refused for the same reason.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a checked `{T}`",
    label = "a literal is checked when it is compiled: write it with the macro of `{T}`",
    note = "the macros: Cpu cpu!(\"250m\"), Memory memory!(\"256Mi\"), Percent percent!(70), Port port!(8080), \
            Seconds seconds!(30), DnsLabel name!(\"api\"), HostName host!(\"db.example.com\"), \
            UrlPath path!(\"/health\"), MountPath mount!(\"/tmp\"), VariableName variable!(\"DB_HOST\"), \
            PortName port_name!(\"http\"), DataKey key!(\"password\"), LabelKey label_key!(\"team\"), \
            LabelValue label_value!(\"data\")",
    note = "and: ImageRef image!(\"postgres:17.2\"), Repository repository!(\"api\"), ImageTag tag!(\"1.4.2\"), \
            Digest digest!(\"sha256:…\"), SemanticVersion version!(\"1.4.2\"), \
            KubernetesVersion kubernetes!(\"1.34\"), Region region!(\"us-east-1\"), \
            AccountId account!(\"111122223333\"), InstanceType instance!(\"t3.medium\"), \
            RoleArn role_arn!(\"arn:aws:iam::…\"), Cidr cidr!(\"10.0.0.0/16\"), \
            CronSchedule cron!(\"0 3 * * *\")",
    note = "text that is only known when the program runs is given as a `String`, and checked then"
)]
pub trait Input<T> {
    /// Reads the value, or says what is wrong with it.
    fn read(self) -> Result<T, Nonsense>;
}

/// A value that cannot be wrong, and that text can be read as.
pub trait Quantity: Clone + Sized {
    /// Names the kind in messages: `CPU quantity`.
    const KIND: &'static str;

    /// Reads text, or says what is wrong with it.
    fn from_text(text: &str) -> Result<Self, Nonsense>;
}

impl<T: Quantity> Input<T> for T {
    fn read(self) -> Result<T, Nonsense> {
        Ok(self)
    }
}

impl<T: Quantity> Input<T> for &T {
    fn read(self) -> Result<T, Nonsense> {
        Ok(self.clone())
    }
}

impl<T: Quantity> Input<T> for String {
    fn read(self) -> Result<T, Nonsense> {
        T::from_text(&self)
    }
}

impl<T: Quantity> Input<T> for &String {
    fn read(self) -> Result<T, Nonsense> {
        T::from_text(self)
    }
}
