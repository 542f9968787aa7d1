//! The mailbox: as much of SMTP (RFC 5321) as an honest sender needs, with a bound on everything.

use std::sync::Arc;

use mail_parser::MessageParser;
use tokio::{
    io::{AsyncBufRead, AsyncBufReadExt as _, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    time::{Duration, timeout},
};

use super::ledger::Ledger;

/// Connections at a time; more wait.
const CONNECTIONS_MAX: usize = 64;
/// Longest line with its end, in bytes (RFC 5321 asks for 1,000 in mails).
const LINE_BYTES_MAX: u64 = 4096;
/// Largest mail, in bytes; announced by EHLO.
const MAIL_BYTES_MAX: usize = 1024 * 1024;
/// Recipients of one mail.
const RECIPIENTS_MAX: usize = 100;
/// A silent client is sent away after this.
const IDLE: Duration = Duration::from_secs(300);

pub(super) async fn serve(listener: TcpListener, ledger: Arc<Ledger>) {
    let places = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    while let Ok(place) = Arc::clone(&places).acquire_owned().await {
        let Ok((stream, _)) = listener.accept().await else { continue };
        let ledger = Arc::clone(&ledger);
        tokio::spawn(async move {
            // A broken connection is the sender's to notice: it has no answer and tries again.
            let _ = talk(stream, &ledger).await;
            drop(place);
        });
    }
}

#[derive(Default)]
struct Envelope {
    from: Option<String>,
    to: Vec<String>,
}

async fn talk(mut stream: TcpStream, ledger: &Ledger) -> std::io::Result<()> {
    let (read, mut write) = stream.split();
    let mut read = BufReader::new(read);
    let mut envelope = Envelope::default();
    write.write_all(b"220 plaudit-receiver ESMTP\r\n").await?;
    while let Some(line) = line(&mut read).await? {
        let text = String::from_utf8_lossy(&line);
        let text = text.trim_end();
        let verb = text.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let answer = match verb.as_str() {
            "EHLO" => {
                format!("250-plaudit-receiver\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 SIZE {MAIL_BYTES_MAX}")
            }
            "HELO" => "250 plaudit-receiver".into(),
            "MAIL" => sender(&mut envelope, text),
            "RCPT" => recipient(&mut envelope, text),
            "DATA" if envelope.to.is_empty() => "503 5.5.1 RCPT first".into(),
            "DATA" => {
                write.write_all(b"354 end with a line of one dot\r\n").await?;
                let Some(mail) = data(&mut read, &mut write).await? else { return Ok(()) };
                let answer = receive(ledger, &envelope, mail);
                envelope = Envelope::default();
                answer
            }
            "RSET" => {
                envelope = Envelope::default();
                "250 2.0.0 forgotten".into()
            }
            "NOOP" => "250 2.0.0 fine".into(),
            "QUIT" => {
                write.write_all(b"221 2.0.0 goodbye\r\n").await?;
                return Ok(());
            }
            _ => "502 5.5.1 this mailbox does not know that command".into(),
        };
        write.write_all(answer.as_bytes()).await?;
        write.write_all(b"\r\n").await?;
    }
    Ok(())
}

fn sender(envelope: &mut Envelope, text: &str) -> String {
    match address(text) {
        Some(from) => {
            *envelope = Envelope { from: Some(from), to: Vec::new() };
            "250 2.1.0 go on".into()
        }
        None => "501 5.5.4 MAIL FROM:<address>".into(),
    }
}

fn recipient(envelope: &mut Envelope, text: &str) -> String {
    match address(text).filter(|to| !to.is_empty()) {
        _ if envelope.from.is_none() => "503 5.5.1 MAIL first".into(),
        _ if envelope.to.len() >= RECIPIENTS_MAX => "452 4.5.3 enough recipients".into(),
        Some(to) => {
            envelope.to.push(to);
            "250 2.1.5 go on".into()
        }
        None => "501 5.5.4 RCPT TO:<address>".into(),
    }
}

/// What stands between the angle brackets; empty for the null sender.
fn address(text: &str) -> Option<String> {
    let (_, rest) = text.split_once('<')?;
    let (address, _) = rest.split_once('>')?;
    Some(address.to_owned())
}

/// A line with its end; `None` at the end of the stream, after a line that is too long, or when nothing comes.
async fn line(read: &mut (impl AsyncBufRead + Unpin)) -> std::io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let Ok(done) = timeout(IDLE, read.take(LINE_BYTES_MAX).read_until(b'\n', &mut line)).await else {
        return Ok(None);
    };
    done?;
    Ok(line.ends_with(b"\n").then_some(line))
}

/// The mail up to the line of one dot, stuffed dots taken out. A mail that is too large is refused and the
/// connection ends (`None`).
async fn data(
    read: &mut (impl AsyncBufRead + Unpin),
    write: &mut (impl AsyncWrite + Unpin),
) -> std::io::Result<Option<Vec<u8>>> {
    let mut mail = Vec::new();
    while let Some(line) = line(read).await? {
        if line == b".\r\n" || line == b".\n" {
            return Ok(Some(mail));
        }
        let line = line.strip_prefix(b".").unwrap_or(&line);
        if mail.len() + line.len() > MAIL_BYTES_MAX {
            write.write_all(b"552 5.3.4 the mail is too large\r\n").await?;
            return Ok(None);
        }
        mail.extend_from_slice(line);
    }
    Ok(None)
}

fn receive(ledger: &Ledger, envelope: &Envelope, mail: Vec<u8>) -> String {
    let Some(message) = MessageParser::default().parse(&mail) else {
        return "554 5.6.0 this is no mail".into();
    };
    let subject = message.subject().unwrap_or("(no subject)");
    let text = message.body_text(0).unwrap_or_default();
    for to in &envelope.to {
        ledger.printer.message("mail", &ledger.people.shown(to), &format!("{subject} — {text}"));
    }
    ledger.count(|summary| summary.mail += envelope.to.len() as u64);
    "250 2.0.0 it is here".into()
}
