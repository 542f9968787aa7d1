//! Passwords: argon2id at rest, and what is too easy to guess.

use argon2::{
    Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version,
    password_hash::SaltString,
};

/// Memory of one hash, in KiB: 19 MiB, as OWASP's cheat sheet on password storage has it for two passes.
const MEMORY_KIB: u32 = 19 * 1024;
/// Passes over that memory.
const PASSES: u32 = 2;
/// Lanes.
const LANES: u32 = 1;
/// Shortest password, in characters.
pub const CHARS_MIN: usize = 12;
/// Longest password, in bytes: hashing takes time.
pub const BYTES_MAX: usize = 1024;
/// Fewest different characters.
const DIFFERENT_MIN: usize = 5;

/// Why a password is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Weak {
    /// Too short.
    #[error("the password is too short; {CHARS_MIN} characters are the least")]
    Short,
    /// Too long.
    #[error("the password is too long; {BYTES_MAX} bytes are the most")]
    Long,
    /// A few characters over and over.
    #[error("the password repeats a few characters; take {DIFFERENT_MIN} different ones at least")]
    Simple,
    /// The mail address or name is in it.
    #[error(
        "the password holds the name or the mail address; take something that is not known of the person"
    )]
    Known,
}

/// Refuses passwords that are easy to guess. There is no rule about kinds of characters: length is what helps.
///
/// # Errors
/// What is wrong with it.
pub fn check(password: &str, mail: &str, name: &str) -> Result<(), Weak> {
    if password.chars().count() < CHARS_MIN {
        return Err(Weak::Short);
    }
    if password.len() > BYTES_MAX {
        return Err(Weak::Long);
    }
    let lower = password.to_lowercase();
    let mut different: Vec<char> = lower.chars().collect();
    different.sort_unstable();
    different.dedup();
    if different.len() < DIFFERENT_MIN {
        return Err(Weak::Simple);
    }
    let local = mail.split('@').next().unwrap_or_default();
    let words = name.split_whitespace().chain([mail, local]);
    let is_most_of_it = |word: &str| {
        let word = word.to_lowercase();
        word.chars().count() >= 4 && lower.contains(&word) && lower.chars().count() - word.chars().count() < 8
    };
    if words.into_iter().any(is_most_of_it) {
        return Err(Weak::Known);
    }
    Ok(())
}

fn hasher() -> Argon2<'static> {
    match Params::new(MEMORY_KIB, PASSES, LANES, None) {
        Ok(params) => Argon2::new(Algorithm::Argon2id, Version::V0x13, params),
        Err(_) => unreachable!("the parameters are constants within argon2's bounds"),
    }
}

/// Argon2id in PHC's form. Takes tens of milliseconds: not for the threads that serve requests.
///
/// # Errors
/// There is no memory for it.
pub fn hash(password: &str, salt: [u8; 16]) -> Result<String, String> {
    let salt = SaltString::encode_b64(&salt).map_err(|e| e.to_string())?;
    hasher().hash_password(password.as_bytes(), &salt).map(|hash| hash.to_string()).map_err(|e| e.to_string())
}

/// Nobody's password: who is unknown is checked against it, so that an answer takes as long as for who is known. Made with
/// the parameters above; which password it is of does not matter, because nobody comes in by it.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Whether this is the password. Takes as long where there is none.
pub fn verify(stored: Option<&str>, password: &str) -> bool {
    let is_known = stored.is_some();
    let stored = stored.unwrap_or(NOBODY);
    let Ok(parsed) = PasswordHash::new(stored) else { return false };
    // Compares in constant time.
    let is_right =
        password.len() <= BYTES_MAX && hasher().verify_password(password.as_bytes(), &parsed).is_ok();
    is_right && is_known
}

/// Whether a hash was made with other parameters than new ones are: to be made again when the password is at hand.
pub fn is_old(stored: &str) -> bool {
    let params = PasswordHash::new(stored).ok().and_then(|parsed| Params::try_from(&parsed).ok());
    params.is_none_or(|p| (p.m_cost(), p.t_cost(), p.p_cost()) != (MEMORY_KIB, PASSES, LANES))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_password_is_the_password() {
        let stored = hash("correct horse battery", [7; 16]).unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(verify(Some(&stored), "correct horse battery"));
        for other in ["", "correct horse batter", "Correct horse battery", "correct horse battery "] {
            assert!(!verify(Some(&stored), other), "{other}");
        }
        assert_ne!(stored, hash("correct horse battery", [8; 16]).unwrap());
        assert!(!verify(None, "") && !verify(Some("nonsense"), "nonsense"));
        assert!(
            !is_old(&stored) && is_old("$argon2id$v=19$m=4096,t=3,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA")
        );
    }

    #[test]
    fn nobody_s_password_is_hashed_as_everybody_s() {
        let parsed = PasswordHash::new(NOBODY).unwrap();
        assert!(
            !is_old(NOBODY) && parsed.hash.unwrap().len() == 32 && parsed.salt.unwrap().as_str().len() == 22
        );
        assert!(!verify(None, "correct horse battery"));
    }

    #[test]
    fn what_is_easy_to_guess_is_refused() {
        let mail = "ruta.k@example.com";
        for (password, refused) in [
            ("short", Some(Weak::Short)),
            ("李娜李娜李娜", Some(Weak::Short)),
            ("aaaaaaaaaaaaaaaa", Some(Weak::Simple)),
            ("121212121212", Some(Weak::Simple)),
            ("Ruta.k@example.com", Some(Weak::Known)),
            ("kazlauskaite99", Some(Weak::Known)),
            ("correct horse battery", None),
            ("kazlauskaite and a long tail of words", None),
            ("žąsis skrenda pietų link", None),
        ] {
            assert_eq!(check(password, mail, "Rūta Kazlauskaite").err(), refused, "{password}");
        }
        assert_eq!(check(&"abcdefgh".repeat(129), mail, "").err(), Some(Weak::Long));
    }
}
