//! The ARN of a user.

fn main() {
    let _ = infragen::role_arn!("arn:aws:iam::111122223333:user/ada");
}
