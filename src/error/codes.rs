//! The table of stable codes: name, status, title and text, in Vietnamese and in English.

macro_rules! codes {
    ($($variant:ident $slug:literal $status:literal $title_vi:literal $title_en:literal $vi:literal $en:literal;)*) => {
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
            /// What it is called in Vietnamese: short, the same in every case.
            pub const fn title_vi(self) -> &'static str { match self { $(Code::$variant => $title_vi),* } }
            /// What it is called in English.
            pub const fn title_en(self) -> &'static str { match self { $(Code::$variant => $title_en),* } }
            /// The text in Vietnamese, with `{name}` places.
            pub const fn vi(self) -> &'static str { match self { $(Code::$variant => $vi),* } }
            /// The text in English, with `{name}` places.
            pub const fn en(self) -> &'static str { match self { $(Code::$variant => $en),* } }
        }
    };
}

codes! {
    // Whole requests.
    InvalidRequest "invalid_request" 400 "Yêu cầu sai cú pháp" "Malformed request"
        "Yêu cầu không đúng cú pháp." "The request is malformed.";
    Unauthenticated "unauthenticated" 401 "Chưa đăng nhập" "Not logged in"
        "Cần đăng nhập: thiếu thẻ truy cập hoặc thẻ không còn hiệu lực." "Log in: the access token is missing or no longer valid.";
    InvalidCredentials "invalid_credentials" 401 "Đăng nhập không thành công" "Log-in failed"
        "Tên đăng nhập hoặc mật khẩu không đúng." "The user name or the password is wrong.";
    InvalidRefreshToken "invalid_refresh_token" 401 "Thẻ làm mới hết hiệu lực" "Refresh token no longer valid"
        "Thẻ làm mới không còn hiệu lực, hãy đăng nhập lại." "The refresh token is no longer valid; log in again.";
    Forbidden "forbidden" 403 "Không có quyền" "Not permitted"
        "Vai trò đang dùng không được làm việc này. Ai được làm: {who}" "The acting role may not do this. Who may: {who}";
    NoAssignment "no_assignment" 403 "Chưa được phân công" "No assignment"
        "Tài khoản chưa có phân công nào còn hiệu lực." "The account has no assignment in force.";
    OwnWork "own_work" 403 "Việc do chính mình nộp" "Own work"
        "Không ai được xác nhận việc do chính mình đã nộp." "Nobody confirms what the same person submitted.";
    NotFound "not_found" 404 "Không tìm thấy" "Not found"
        "Không tìm thấy." "Not found.";
    MethodNotAllowed "method_not_allowed" 405 "Sai phương thức" "Method not allowed"
        "Địa chỉ này không nhận phương thức đã dùng." "This address does not take that method.";
    NotAcceptable "not_acceptable" 406 "Không có dạng dữ liệu yêu cầu" "Not acceptable"
        "Không có dạng dữ liệu được yêu cầu." "The requested media type is not offered.";
    RequestTimeout "request_timeout" 408 "Gửi quá chậm" "Request timed out"
        "Yêu cầu gửi quá chậm." "The request was sent too slowly.";
    AlreadyExists "already_exists" 409 "Đã tồn tại" "Already exists"
        "Đã tồn tại: {what}." "Already exists: {what}.";
    IdConflict "id_conflict" 409 "Trùng mã định danh" "Id in use"
        "Mã định danh này đã được dùng với nội dung khác." "This id is already in use with other content.";
    AlreadyApproved "already_approved" 409 "Số liệu đã được duyệt" "Already approved"
        "Số liệu này đã được {unit} duyệt; hãy đề nghị đính chính." "This figure was approved by {unit}; ask for a correction.";
    InvalidState "invalid_state" 409 "Sai trạng thái" "Wrong state"
        "Trạng thái hiện tại ({status}) không cho phép thao tác này." "The current state ({status}) does not allow this.";
    HasOpenChildren "has_open_children" 409 "Còn đơn vị trực thuộc" "Open units below"
        "Còn {count} đơn vị trực thuộc đang hoạt động." "There are still {count} open units below.";
    InUse "in_use" 409 "Đang được sử dụng" "In use"
        "Không thể thực hiện: {what}." "Not possible: {what}.";
    ConcurrentChange "concurrent_change" 409 "Thay đổi cùng lúc" "Concurrent change"
        "Bản ghi vừa được người khác thay đổi, hãy thử lại." "Somebody changed the record just now; try again.";
    IdempotencyInFlight "idempotency_in_flight" 409 "Yêu cầu trước đang chạy" "Request in flight"
        "Yêu cầu đầu tiên với khóa này vẫn đang chạy." "The first request with this key is still running.";
    CursorExpired "cursor_expired" 410 "Con trỏ trang hết hạn" "Cursor expired"
        "Con trỏ trang không còn dùng được, hãy tải lại từ đầu." "The cursor is no longer usable; start again.";
    StaleVersion "stale_version" 412 "Phiên bản đã cũ" "Stale version"
        "Bản ghi đã được người khác sửa trước: bản hiện tại là {current}, bản của bạn là {yours}." "Somebody changed the record first: current {current}, yours {yours}.";
    PayloadTooLarge "payload_too_large" 413 "Dữ liệu quá lớn" "Body too large"
        "Dữ liệu gửi lên vượt quá giới hạn {max} byte." "The body is over the limit of {max} bytes.";
    UriTooLong "uri_too_long" 414 "Địa chỉ quá dài" "Address too long"
        "Địa chỉ quá dài." "The address is too long.";
    UnsupportedMediaType "unsupported_media_type" 415 "Kiểu nội dung không được hỗ trợ" "Unsupported content type"
        "Kiểu nội dung không được hỗ trợ; dùng {accepted}." "The content type is not supported; use {accepted}.";
    ValidationFailed "validation_failed" 422 "Dữ liệu không hợp lệ" "Invalid data"
        "Dữ liệu không hợp lệ: có {count} chỗ cần sửa." "The data breaks a rule: {count} to mend.";
    ClassifiedContent "classified_content" 422 "Nội dung mật" "Classified content"
        "Hệ thống không nhận nội dung mật." "Classified content is refused.";
    IdempotencyMismatch "idempotency_mismatch" 422 "Khóa đã dùng cho yêu cầu khác" "Key used for another request"
        "Khóa Idempotency-Key này đã dùng cho một yêu cầu khác." "This Idempotency-Key was used for another request.";
    WindowClosed "window_closed" 422 "Hết thời hạn nhập liệu" "Loading window closed"
        "Thời hạn nhập dữ liệu lịch sử đã kết thúc ngày {on}." "The window for loading history ended on {on}.";
    PeriodLocked "period_locked" 423 "Kỳ báo cáo đã khóa" "Period locked"
        "Kỳ báo cáo đã khóa từ sau ngày {on}; lãnh đạo {unit} có thể mở khóa." "The period was locked after {on}; a leader of {unit} can open it.";
    PreconditionRequired "precondition_required" 428 "Thiếu phiên bản đã đọc" "Version required"
        "Cần gửi If-Match với phiên bản đã đọc." "Send If-Match with the version you read.";
    TooManyRequests "too_many_requests" 429 "Quá nhiều yêu cầu" "Too many requests"
        "Quá nhiều yêu cầu, hãy chờ {seconds} giây." "Too many requests; wait {seconds} seconds.";
    HeadersTooLarge "headers_too_large" 431 "Phần đầu quá lớn" "Headers too large"
        "Phần đầu yêu cầu quá lớn." "The request headers are too large.";
    Internal "internal" 500 "Lỗi nội bộ" "Internal error"
        "Lỗi nội bộ. Hãy báo mã yêu cầu cho người quản trị." "Internal error. Report the request id to the operator.";
    Unavailable "unavailable" 503 "Hệ thống đang bận" "Service busy"
        "Hệ thống đang bận, hãy thử lại sau ít giây." "The service is busy; try again in a few seconds.";
    StorageFull "storage_full" 507 "Hết chỗ lưu trữ" "Storage full"
        "Hết chỗ lưu trữ, dữ liệu không được ghi." "Storage is full; nothing was written.";

    // One field or parameter: syntax (a request with one of these is a 400).
    Required "required" 400 "Thiếu dữ liệu bắt buộc" "Required"
        "Bắt buộc phải có." "Required.";
    UnknownField "unknown_field" 400 "Trường không tồn tại" "Unknown field"
        "Trường này không tồn tại." "No such field.";
    UnknownParameter "unknown_parameter" 400 "Tham số không tồn tại" "Unknown parameter"
        "Tham số này không tồn tại." "No such parameter.";
    Repeated "repeated" 400 "Lặp lại" "Repeated"
        "Chỉ được xuất hiện một lần." "May appear only once.";
    WrongType "wrong_type" 400 "Sai kiểu dữ liệu" "Wrong type"
        "Sai kiểu dữ liệu, cần {expected}." "Wrong type: {expected} expected.";
    Malformed "malformed" 400 "Sai định dạng" "Malformed"
        "Sai định dạng, cần {expected}." "Malformed: {expected} expected.";
    BadCharacter "bad_character" 400 "Ký tự không được phép" "Character not allowed"
        "Có ký tự không được phép." "Contains a character that is not allowed.";
    LimitOutOfRange "limit_out_of_range" 400 "Giới hạn trang ngoài khoảng" "Limit out of range"
        "Phải từ {min} đến {max}." "Must be from {min} to {max}.";
    CursorMismatch "cursor_mismatch" 400 "Con trỏ của truy vấn khác" "Cursor of another query"
        "Con trỏ không thuộc về truy vấn này." "The cursor belongs to another query.";
    NotSortable "not_sortable" 400 "Không sắp xếp được" "Not sortable"
        "Không sắp xếp được theo giá trị này; dùng {accepted}." "Cannot sort by this; use {accepted}.";

    // One field: a rule (a request with only these is a 422).
    TooLong "too_long" 422 "Quá dài" "Too long"
        "Quá dài, tối đa {max} ký tự." "Too long: at most {max} characters.";
    TooShort "too_short" 422 "Quá ngắn" "Too short"
        "Quá ngắn, tối thiểu {min} ký tự." "Too short: at least {min} characters.";
    TooMany "too_many" 422 "Quá nhiều mục" "Too many items"
        "Quá nhiều mục, tối đa {max}." "Too many items: at most {max}.";
    OutOfRange "out_of_range" 422 "Ngoài khoảng cho phép" "Out of range"
        "Phải từ {min} đến {max}." "Must be from {min} to {max}.";
    TooManyDecimals "too_many_decimals" 422 "Quá nhiều chữ số thập phân" "Too many decimals"
        "Tối đa {max} chữ số thập phân." "At most {max} decimals.";
    UnknownValue "unknown_value" 422 "Giá trị ngoài danh mục" "Unknown value"
        "Giá trị không có trong danh mục; dùng {accepted}." "Not a known value; use {accepted}.";
    UnknownReference "unknown_reference" 422 "Bản ghi không có" "Unknown record"
        "Không có bản ghi này trong phạm vi của bạn." "No such record in your territory.";
    NotPermittedHere "not_permitted_here" 422 "Không được dùng ở đây" "Not allowed here"
        "Không được dùng ở đây: {why}." "Not allowed here: {why}.";
    DueBeforeStart "due_before_start" 422 "Hạn trước ngày bắt đầu" "Due before start"
        "Hạn hoàn thành không được trước ngày bắt đầu." "The due date may not be before the start date.";
    EndBeforeStart "end_before_start" 422 "Kết thúc trước bắt đầu" "End before start"
        "Ngày kết thúc không được trước ngày bắt đầu." "The end may not be before the start.";
    InFuture "in_future" 422 "Ở tương lai" "In the future"
        "Không được ở tương lai." "May not be in the future.";
    OutOfOrder "out_of_order" 422 "Sai thứ tự thời gian" "Out of order"
        "Không được trước sự kiện gần nhất của bản ghi ({last})." "May not be before the record's last event ({last}).";
    ParentCycle "parent_cycle" 422 "Quan hệ vòng tròn" "Circular parents"
        "Một bản ghi không thể nằm dưới chính nó." "A record cannot lie below itself.";
    ReasonRequired "reason_required" 422 "Thiếu lý do" "Reason required"
        "Phải nêu lý do." "A reason is required.";
    MustMoveLater "must_move_later" 422 "Hạn mới không muộn hơn" "New due date not later"
        "Hạn mới phải sau hạn hiện tại." "The new due date must be after the current one.";
    WeakPassword "weak_password" 422 "Mật khẩu yếu" "Weak password"
        "Mật khẩu quá dễ đoán." "The password is too easy to guess.";
    WrongPassword "wrong_password" 422 "Sai mật khẩu" "Wrong password"
        "Mật khẩu hiện tại không đúng." "The current password is wrong.";
    UnreadableNumber "unreadable_number" 422 "Không đọc được số văn bản" "Unreadable document number"
        "Không đọc được số văn bản: {why}." "The document number cannot be read: {why}.";
    UnreadableFigure "unreadable_figure" 422 "Không đọc được số liệu" "Unreadable figure"
        "Không đọc được số liệu: {why}." "The figure cannot be read: {why}.";
    AmbiguousFigure "ambiguous_figure" 422 "Số liệu đọc được hai cách" "Ambiguous figure"
        "Số này đọc được hai cách, {vietnamese} hoặc {english} (dấu chấm là dấu thập phân); hãy viết lại cho rõ." "The figure reads in two ways, {vietnamese} or {english} (with a decimal point); write it so that only one is left.";
    RuleBroken "rule_broken" 422 "Trái quy tắc kiểm tra" "Rule broken"
        "Không đúng quy tắc của mẫu báo cáo: {rule}" "Against a rule of the form: {rule}";
    NeedsExplanation "needs_explanation" 422 "Cần giải trình" "Explanation needed"
        "Cần ghi giải trình (note) cho dòng này: {what}." "Explain it in the note of the line: {what}.";
    NeedsAnswer "needs_answer" 422 "Chưa trả lời ý kiến" "Comment unanswered"
        "Chưa trả lời ý kiến khi bị trả lại: {comment}" "The comment made when it was returned is unanswered: {comment}";
    MayNotBeEmpty "may_not_be_empty" 422 "Để trống" "Empty"
        "Không được để trống." "May not be empty.";
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
    fn titles_are_short_and_steady() {
        for code in Code::ALL {
            for title in [code.title_vi(), code.title_en()] {
                let plain = !title.contains(['{', '.', ':', ';', '(']) && title.trim() == title;
                assert!(plain && (2..=40).contains(&title.chars().count()), "{}: {title}", code.slug());
            }
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
