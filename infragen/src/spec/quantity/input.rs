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

#[diagnostic::do_not_recommend]
impl<T: Quantity> Input<T> for T {
    fn read(self) -> Result<T, Nonsense> {
        Ok(self)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Quantity> Input<T> for &T {
    fn read(self) -> Result<T, Nonsense> {
        Ok(self.clone())
    }
}

#[diagnostic::do_not_recommend]
impl<T: Quantity> Input<T> for String {
    fn read(self) -> Result<T, Nonsense> {
        T::from_text(&self)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Quantity> Input<T> for &String {
    fn read(self) -> Result<T, Nonsense> {
        T::from_text(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::quantity::Cpu;

    fn request(cpu: impl Input<Cpu>) -> Result<u64, Nonsense> {
        cpu.read().map(Cpu::millicores)
    }

    #[test]
    fn reads_quantities_and_text_of_the_run() {
        let text = "0.5".to_owned();
        let borrowed = &crate::cpu!("250m");
        assert_eq!(request(borrowed), Ok(250));
        assert_eq!(request(*borrowed), Ok(250));
        assert_eq!(request(&text), Ok(500));
        assert_eq!(request(text), Ok(500));
    }

    #[test]
    fn tells_what_is_wrong_with_text_of_the_run() {
        let nonsense = request("500Mi".to_owned()).unwrap_err();
        assert_eq!(
            nonsense.to_string(),
            "`500Mi` is no CPU quantity: `Ki`, `Mi` and `Gi` measure memory, not CPU"
        );
        assert_eq!(nonsense.help(), "write memory!(\"500Mi\"), or a CPU quantity such as 500m");
    }
}
