//! The one error type and the one table of stable codes.
//!
//! A code is part of the API: clients branch on it, so a slug is never reused and never changes
//! its meaning. The texts may change; machines must not parse them. Nothing here knows a room
//! above or a web framework: `http::problem` renders an [`Error`] as `application/problem+json`.

use std::fmt;

/// Result of everything that can be refused.
pub type Result<T> = std::result::Result<T, Error>;

macro_rules! codes {
    ($($variant:ident $slug:literal $status:literal $vi:literal $en:literal;)*) => {
        /// Every code the service can answer with. `{name}` in a text is filled from the parameters.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Code { $(#[doc = $en] $variant),* }

        impl Code {
            /// All codes, in the order of the table.
            pub const ALL: &'static [Code] = &[$(Code::$variant),*];
            /// The stable name on the wire.
            pub const fn slug(self) -> &'static str { match self { $(Code::$variant => $slug),* } }
            /// The HTTP status of a problem with this code.
            pub const fn status(self) -> u16 { match self { $(Code::$variant => $status),* } }
            /// The text in Vietnamese, with `{name}` places.
            pub const fn vi(self) -> &'static str { match self { $(Code::$variant => $vi),* } }
            /// The text in English, with `{name}` places.
            pub const fn en(self) -> &'static str { match self { $(Code::$variant => $en),* } }
        }
    };
}

codes! {
    // Whole requests.
    InvalidRequest "invalid_request" 400 "Yêu cầu không đúng cú pháp." "The request is malformed.";
    Unauthenticated "unauthenticated" 401 "Cần đăng nhập: thiếu thẻ truy cập hoặc thẻ không còn hiệu lực." "Log in: the access token is missing or no longer valid.";
    InvalidCredentials "invalid_credentials" 401 "Tên đăng nhập hoặc mật khẩu không đúng." "The user name or the password is wrong.";
    InvalidRefreshToken "invalid_refresh_token" 401 "Thẻ làm mới không còn hiệu lực, hãy đăng nhập lại." "The refresh token is no longer valid; log in again.";
    Forbidden "forbidden" 403 "Vai trò đang dùng không được làm việc này. Ai được làm: {who}" "The acting role may not do this. Who may: {who}";
    NoAssignment "no_assignment" 403 "Tài khoản chưa có phân công nào còn hiệu lực." "The account has no assignment in force.";
    OwnWork "own_work" 403 "Không ai được xác nhận việc do chính mình đã nộp." "Nobody confirms what the same person submitted.";
    NotFound "not_found" 404 "Không tìm thấy." "Not found.";
    MethodNotAllowed "method_not_allowed" 405 "Địa chỉ này không nhận phương thức đã dùng." "This address does not take that method.";
    NotAcceptable "not_acceptable" 406 "Không có dạng dữ liệu được yêu cầu." "The requested media type is not offered.";
    RequestTimeout "request_timeout" 408 "Yêu cầu gửi quá chậm." "The request was sent too slowly.";
    AlreadyExists "already_exists" 409 "Đã tồn tại: {what}." "Already exists: {what}.";
    IdConflict "id_conflict" 409 "Mã định danh này đã được dùng với nội dung khác." "This id is already in use with other content.";
    InvalidState "invalid_state" 409 "Trạng thái hiện tại ({status}) không cho phép thao tác này." "The current state ({status}) does not allow this.";
    HasOpenChildren "has_open_children" 409 "Còn {count} đơn vị trực thuộc đang hoạt động." "There are still {count} open units below.";
    InUse "in_use" 409 "Không thể thực hiện: {what}." "Not possible: {what}.";
    ConcurrentChange "concurrent_change" 409 "Bản ghi vừa được người khác thay đổi, hãy thử lại." "Somebody changed the record just now; try again.";
    IdempotencyInFlight "idempotency_in_flight" 409 "Yêu cầu đầu tiên với khóa này vẫn đang chạy." "The first request with this key is still running.";
    CursorExpired "cursor_expired" 410 "Con trỏ trang không còn dùng được, hãy tải lại từ đầu." "The cursor is no longer usable; start again.";
    StaleVersion "stale_version" 412 "Bản ghi đã được người khác sửa trước: bản hiện tại là {current}, bản của bạn là {yours}." "Somebody changed the record first: current {current}, yours {yours}.";
    PayloadTooLarge "payload_too_large" 413 "Dữ liệu gửi lên vượt quá giới hạn {max} byte." "The body is over the limit of {max} bytes.";
    UriTooLong "uri_too_long" 414 "Địa chỉ quá dài." "The address is too long.";
    UnsupportedMediaType "unsupported_media_type" 415 "Kiểu nội dung không được hỗ trợ; dùng {accepted}." "The content type is not supported; use {accepted}.";
    ValidationFailed "validation_failed" 422 "Dữ liệu không hợp lệ: có {count} chỗ cần sửa." "The data breaks a rule: {count} to mend.";
    ClassifiedContent "classified_content" 422 "Hệ thống không nhận nội dung mật." "Classified content is refused.";
    IdempotencyMismatch "idempotency_mismatch" 422 "Khóa Idempotency-Key này đã dùng cho một yêu cầu khác." "This Idempotency-Key was used for another request.";
    WindowClosed "window_closed" 422 "Thời hạn nhập dữ liệu lịch sử đã kết thúc ngày {on}." "The window for loading history ended on {on}.";
    PreconditionRequired "precondition_required" 428 "Cần gửi If-Match với phiên bản đã đọc." "Send If-Match with the version you read.";
    TooManyRequests "too_many_requests" 429 "Quá nhiều yêu cầu, hãy chờ {seconds} giây." "Too many requests; wait {seconds} seconds.";
    HeadersTooLarge "headers_too_large" 431 "Phần đầu yêu cầu quá lớn." "The request headers are too large.";
    Internal "internal" 500 "Lỗi nội bộ. Hãy báo mã yêu cầu cho người quản trị." "Internal error. Report the request id to the operator.";
    Unavailable "unavailable" 503 "Hệ thống đang bận, hãy thử lại sau ít giây." "The service is busy; try again in a few seconds.";
    StorageFull "storage_full" 507 "Hết chỗ lưu trữ, dữ liệu không được ghi." "Storage is full; nothing was written.";

    // One field or parameter: syntax (a request with one of these is a 400).
    Required "required" 400 "Bắt buộc phải có." "Required.";
    UnknownField "unknown_field" 400 "Trường này không tồn tại." "No such field.";
    UnknownParameter "unknown_parameter" 400 "Tham số này không tồn tại." "No such parameter.";
    Repeated "repeated" 400 "Chỉ được xuất hiện một lần." "May appear only once.";
    WrongType "wrong_type" 400 "Sai kiểu dữ liệu, cần {expected}." "Wrong type: {expected} expected.";
    Malformed "malformed" 400 "Sai định dạng, cần {expected}." "Malformed: {expected} expected.";
    BadCharacter "bad_character" 400 "Có ký tự không được phép." "Contains a character that is not allowed.";
    LimitOutOfRange "limit_out_of_range" 400 "Phải từ {min} đến {max}." "Must be from {min} to {max}.";
    CursorMismatch "cursor_mismatch" 400 "Con trỏ không thuộc về truy vấn này." "The cursor belongs to another query.";
    NotSortable "not_sortable" 400 "Không sắp xếp được theo giá trị này; dùng {accepted}." "Cannot sort by this; use {accepted}.";

    // One field: a rule (a request with only these is a 422).
    TooLong "too_long" 422 "Quá dài, tối đa {max} ký tự." "Too long: at most {max} characters.";
    TooShort "too_short" 422 "Quá ngắn, tối thiểu {min} ký tự." "Too short: at least {min} characters.";
    TooMany "too_many" 422 "Quá nhiều mục, tối đa {max}." "Too many items: at most {max}.";
    OutOfRange "out_of_range" 422 "Phải từ {min} đến {max}." "Must be from {min} to {max}.";
    TooManyDecimals "too_many_decimals" 422 "Tối đa {max} chữ số thập phân." "At most {max} decimals.";
    UnknownValue "unknown_value" 422 "Giá trị không có trong danh mục; dùng {accepted}." "Not a known value; use {accepted}.";
    UnknownReference "unknown_reference" 422 "Không có bản ghi này trong phạm vi của bạn." "No such record in your territory.";
    NotPermittedHere "not_permitted_here" 422 "Không được dùng ở đây: {why}." "Not allowed here: {why}.";
    DueBeforeStart "due_before_start" 422 "Hạn hoàn thành không được trước ngày bắt đầu." "The due date may not be before the start date.";
    EndBeforeStart "end_before_start" 422 "Ngày kết thúc không được trước ngày bắt đầu." "The end may not be before the start.";
    InFuture "in_future" 422 "Không được ở tương lai." "May not be in the future.";
    OutOfOrder "out_of_order" 422 "Không được trước sự kiện gần nhất của bản ghi ({last})." "May not be before the record's last event ({last}).";
    ParentCycle "parent_cycle" 422 "Một bản ghi không thể nằm dưới chính nó." "A record cannot lie below itself.";
    ReasonRequired "reason_required" 422 "Phải nêu lý do." "A reason is required.";
    MustMoveLater "must_move_later" 422 "Hạn mới phải sau hạn hiện tại." "The new due date must be after the current one.";
    WeakPassword "weak_password" 422 "Mật khẩu quá dễ đoán." "The password is too easy to guess.";
    WrongPassword "wrong_password" 422 "Mật khẩu hiện tại không đúng." "The current password is wrong.";
    MayNotBeEmpty "may_not_be_empty" 422 "Không được để trống." "May not be empty.";
}

/// Values that fill the `{name}` places of a text and go out as `params`.
pub type Params = Vec<(&'static str, String)>;

/// Where in a request a fault lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// JSON pointer into the body, without the leading `#`.
    Pointer(String),
    /// Name of a query or path parameter.
    Parameter(String),
    /// Name of a header.
    Header(&'static str),
}

/// One fault of one field, parameter or header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub place: Place,
    pub code: Code,
    pub params: Params,
}

impl Fault {
    /// A fault in the body at a JSON pointer such as `/due_on`.
    pub fn at(pointer: impl Into<String>, code: Code) -> Self {
        Self { place: Place::Pointer(pointer.into()), code, params: Vec::new() }
    }

    /// A fault in a query parameter.
    pub fn parameter(name: impl Into<String>, code: Code) -> Self {
        Self { place: Place::Parameter(name.into()), code, params: Vec::new() }
    }

    /// Adds a value for a `{name}` place.
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.params.push((name, value.to_string()));
        self
    }
}

/// Further members of a problem document; boxed, because an error travels in every result.
pub type Extra = Box<serde_json::Map<String, serde_json::Value>>;

/// Anything that keeps a request from being done.
#[derive(Debug)]
pub struct Error {
    pub code: Code,
    pub params: Params,
    /// What is wrong with which field; empty unless the request itself is at fault.
    pub faults: Vec<Fault>,
    /// Extra members of the problem document, e.g. `current` and `yours` of a stale version.
    pub extra: Extra,
    /// Seconds after which trying again makes sense.
    pub retry_after: Option<u64>,
    /// The real cause: for the log, never for the client.
    pub cause: Option<String>,
}

impl Error {
    /// An error that only its code describes.
    pub fn new(code: Code) -> Self {
        Self {
            code,
            params: Vec::new(),
            faults: Vec::new(),
            extra: Extra::default(),
            retry_after: None,
            cause: None,
        }
    }

    /// Adds a value for a `{name}` place of the text.
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.params.push((name, value.to_string()));
        self
    }

    /// Adds a member to the problem document.
    pub fn extra(mut self, name: &str, value: impl Into<serde_json::Value>) -> Self {
        self.extra.insert(name.into(), value.into());
        self
    }

    /// Sets the pause a client is asked to make.
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// An absent record, or one outside the caller's territory: the two answer alike.
    pub fn not_found() -> Self {
        Self::new(Code::NotFound)
    }

    /// A failure of ours; the cause goes to the log only.
    pub fn internal(cause: impl fmt::Display) -> Self {
        Self { cause: Some(cause.to_string()), ..Self::new(Code::Internal) }
    }

    /// A passing overload or outage: 503 with `Retry-After`.
    pub fn unavailable(cause: impl fmt::Display) -> Self {
        Self { cause: Some(cause.to_string()), ..Self::new(Code::Unavailable).retry_after(2) }
    }

    /// A request with faults: 400 when any of them is one of syntax, else 422.
    pub fn faults(faults: Vec<Fault>) -> Self {
        let syntax = faults.iter().any(|f| f.code.status() == 400);
        let code = if syntax { Code::InvalidRequest } else { Code::ValidationFailed };
        Self { faults, ..Self::new(code) }
    }

    /// One fault in the body.
    pub fn field(pointer: impl Into<String>, code: Code) -> Self {
        Self::faults(vec![Fault::at(pointer, code)])
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Self::faults(vec![fault])
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&fill(self.code.en(), &self.params))?;
        for fault in &self.faults {
            let place = match &fault.place {
                Place::Pointer(p) | Place::Parameter(p) => p.as_str(),
                Place::Header(h) => h,
            };
            write!(f, " {place}: {}", fill(fault.code.en(), &fault.params))?;
        }
        if let Some(cause) = &self.cause {
            write!(f, " ({cause})")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

/// Fills the `{name}` places of a text from the table.
pub fn fill(text: &str, params: &Params) -> String {
    let mut out = text.to_owned();
    for (name, value) in params {
        out = out.replace(&format!("{{{name}}}"), value);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_unique_and_snake_case() {
        let mut seen = std::collections::HashSet::new();
        for code in Code::ALL {
            let slug = code.slug();
            assert!(seen.insert(slug), "{slug} stands twice");
            assert!(slug.chars().all(|c| c.is_ascii_lowercase() || c == '_'), "{slug}");
        }
    }

    #[test]
    fn both_languages_have_the_same_places() {
        fn places(text: &str) -> Vec<&str> {
            let mut found: Vec<&str> = text.split('{').skip(1).filter_map(|p| p.split('}').next()).collect();
            found.sort_unstable();
            found
        }
        for code in Code::ALL {
            assert_eq!(places(code.vi()), places(code.en()), "{}", code.slug());
        }
    }
}
