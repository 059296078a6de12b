//! When each code comes and what a client does about it: what `GET /api/v1/errors` tells beyond the
//! texts. A line for every code; a test names the one that is missing.

use super::Code;

/// What a client does about a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    Mend,
    LogIn,
    Ask,
    Look,
    ReadAgain,
    Wait,
    StartOver,
    Renew,
    Report,
    CheckAddress,
}

impl Remedy {
    /// In Vietnamese.
    pub const fn vi(self) -> &'static str {
        match self {
            Self::Mend => {
                "Sửa từng chỗ mà `errors` hoặc `detail` nêu rồi gửi lại. Gửi lại nguyên văn sẽ bị từ chối như cũ."
            }
            Self::LogIn => "Làm mới thẻ hoặc đăng nhập lại, rồi gửi lại yêu cầu.",
            Self::Ask => {
                "Chuyển sang một phân công có quyền (`POST /api/v1/auth/act-as`) hoặc nhờ người có quyền. Không tự gửi lại."
            }
            Self::Look => "Đọc lại để biết hiện trạng (đầu việc: xem `actions`) rồi chọn cách làm khác.",
            Self::ReadAgain => "Đọc lại bản ghi, xem thay đổi có còn cần không, rồi gửi với `ETag` mới.",
            Self::Wait => {
                "Chờ đủ số giây ở `Retry-After` (nếu không có: vài giây, mỗi lần gấp đôi) rồi gửi lại y nguyên; yêu cầu ghi thì giữ nguyên `Idempotency-Key`."
            }
            Self::StartOver => "Bỏ con trỏ và đọc lại từ đầu.",
            Self::Renew => "Nội dung mới thì dùng mã định danh hoặc khóa mới.",
            Self::Report => "Ghi lại `instance` và báo người quản trị.",
            Self::CheckAddress => "Đối chiếu địa chỉ và phương thức với tài liệu ở `/docs/`.",
        }
    }

    /// In English.
    pub const fn en(self) -> &'static str {
        match self {
            Self::Mend => {
                "Mend each place that `errors` or `detail` names, then send it. Unchanged it will be refused again."
            }
            Self::LogIn => "Refresh the token or log in, then send the request again.",
            Self::Ask => {
                "Act under an assignment that may (`POST /api/v1/auth/act-as`), or ask somebody who may. Do not retry."
            }
            Self::Look => "Read how things stand (a task: its `actions`) and do something else.",
            Self::ReadAgain => {
                "Read the record again, see whether the change is still wanted, and send it with the new `ETag`."
            }
            Self::Wait => {
                "Wait as long as `Retry-After` says (without it: some seconds, doubling each time), then send the same again; a write under the same `Idempotency-Key`."
            }
            Self::StartOver => "Drop the cursor and read from the beginning.",
            Self::Renew => "Use a new id or key for new content.",
            Self::Report => "Note `instance` and tell the operator.",
            Self::CheckAddress => "Compare address and method with the document at `/docs/`.",
        }
    }
}

macro_rules! advice {
    ($($variant:ident $remedy:ident $vi:literal $en:literal;)*) => {
        impl Code {
            /// When it comes, in Vietnamese; empty when no line says it.
            pub const fn when_vi(self) -> &'static str {
                #[allow(unreachable_patterns)]
                match self { $(Self::$variant => $vi,)* _ => "" }
            }
            /// When it comes, in English.
            pub const fn when_en(self) -> &'static str {
                #[allow(unreachable_patterns)]
                match self { $(Self::$variant => $en,)* _ => "" }
            }
            /// What to do about it.
            pub const fn remedy(self) -> Remedy {
                #[allow(unreachable_patterns)]
                match self { $(Self::$variant => Remedy::$remedy,)* _ => Remedy::Mend }
            }
        }
    };
}

#[rustfmt::skip]
advice! {
    InvalidRequest Mend "Yêu cầu sai cú pháp: JSON hỏng, sai kiểu, trường hoặc tham số lạ. Không trạng thái nào của hệ thống làm cho nó đúng được." "The request is wrong by syntax: broken JSON, a wrong type, an unknown member or parameter. No state of the service could make it right.";
    Unauthenticated LogIn "Thiếu thẻ truy cập, thẻ quá 15 phút, sai chữ ký, hoặc tài khoản đã bị khóa." "The access token is missing, older than 15 minutes or badly signed, or the account was disabled.";
    InvalidCredentials LogIn "Đăng nhập sai tên hoặc mật khẩu; không cho biết tên có tồn tại hay không." "Log-in with a wrong name or password; it does not tell whether the name exists.";
    InvalidRefreshToken LogIn "Thẻ làm mới đã hết hạn, đã thu hồi, hoặc đã dùng rồi; dùng lại thẻ cũ sẽ thu hồi cả phiên." "The refresh token has expired, was revoked or was used before; using an old one again ends the whole session.";
    Forbidden Ask "Bản ghi nhìn thấy được, nhưng vai trò hoặc đơn vị đang dùng không được làm việc này; `detail` nêu ai được làm." "The record can be seen, but the acting role or unit may not do this; `detail` says who may.";
    NoAssignment Ask "Đăng nhập đúng nhưng tài khoản không có phân công nào còn hiệu lực hôm nay." "The log-in is right, but no assignment of the account is in force today.";
    OwnWork Ask "Người xác nhận chính là người đã nộp, dù đang giữ chức vụ nào, hoặc một người thay mặt người kia." "Who confirms is who submitted, whatever post they act in, or one of the two stands in for the other.";
    NotFound Look "Không có, đã xóa, hoặc ngoài phạm vi của người hỏi: ba trường hợp trả lời như nhau." "Absent, deleted or outside the caller's territory: the three answer alike.";
    MethodNotAllowed CheckAddress "Địa chỉ đúng, phương thức sai; `Allow` nêu các phương thức nhận được." "The address is right, the method is not; `Allow` lists those it takes.";
    NotAcceptable Mend "`Accept-Encoding` từ chối mọi cách mã hóa, kể cả không nén." "`Accept-Encoding` refuses every coding, plain included.";
    RequestTimeout Wait "Nội dung gửi quá chậm: sau 10 giây đầu, dưới 1 KB mỗi giây." "The body came too slowly: after the first 10 seconds, under 1 KB a second.";
    AlreadyExists Mend "Mã, tên đăng nhập hoặc số đã có người dùng; `detail` nêu cái nào." "A code, user name or number is taken; `detail` says which.";
    IdConflict Renew "Mã định danh do máy khách gửi đã có nội dung khác, hoặc thuộc bản ghi ngoài phạm vi." "The id the client sent has other content already, or belongs to a record outside the territory.";
    AlreadyApproved Mend "Số liệu của đơn vị trong kỳ này đã được duyệt; giá trị khác phải qua đề nghị đính chính." "The figure of this unit and period has been approved; another value takes a correction.";
    InvalidState Look "Lệnh không dành cho trạng thái hiện tại của bản ghi." "The command is not for the state the record is in.";
    HasOpenChildren Look "Đóng một đơn vị khi còn đơn vị trực thuộc đang hoạt động." "A unit is closed while units below it are open.";
    InUse Look "Xóa hoặc đổi một thứ mà bản ghi khác còn dựa vào." "Something is deleted or changed that other records still rest on.";
    ConcurrentChange Wait "Hai yêu cầu cùng sửa một bản ghi trong cùng khoảnh khắc; yêu cầu này không có tác dụng gì." "Two requests changed one record at the same moment; this one had no effect.";
    IdempotencyInFlight Wait "Yêu cầu đầu tiên với khóa này chưa xong sau 10 giây." "The first request with this key is not done after 10 seconds.";
    CursorExpired StartOver "Con trỏ trỏ tới chỗ không còn đọc tiếp được." "The cursor points to where reading cannot go on any more.";
    StaleVersion ReadAgain "`If-Match` mang phiên bản cũ; `current` và `yours` nêu hai phiên bản." "`If-Match` carries an old version; `current` and `yours` name both.";
    PayloadTooLarge Mend "Nội dung quá 2 MB (nạp dữ liệu lịch sử: 20 MB)." "The body is over 2 MB (loading history: 20 MB).";
    UriTooLong Mend "Địa chỉ với tham số dài quá 8 kB." "Address and parameters are over 8 kB.";
    UnsupportedMediaType Mend "`Content-Type` khác loại nhận được, hoặc nội dung gửi lên bị nén." "`Content-Type` is none that is taken here, or the body is compressed.";
    ValidationFailed Mend "Đúng cú pháp nhưng trái quy tắc; mọi chỗ sai được nêu cùng lúc trong `errors`." "Right by syntax but against a rule; `errors` names every place at once.";
    ClassifiedContent Mend "`confidentiality` khác `none`, hoặc văn bản mang dấu mật. Nội dung mật không được đưa lên hệ thống này." "`confidentiality` is other than `none`, or the text bears a stamp of secrecy. Classified content does not belong into this service.";
    IdempotencyMismatch Renew "Cùng khóa, cùng địa chỉ, nhưng nội dung khác lần đầu." "The same key and address, but another body than the first time.";
    WindowClosed Ask "Nạp dữ liệu lịch sử sau ngày kết thúc ghi trong cài đặt." "History is loaded after the last day that the settings allow.";
    PeriodLocked Ask "Nộp báo cáo sau ngày khóa kỳ; đơn vị yêu cầu báo cáo có thể mở khóa kèm lý do." "A report comes after its period was locked; who asks for it can open the period, with the reason.";
    PreconditionRequired ReadAgain "PATCH hoặc DELETE không kèm `If-Match`." "PATCH or DELETE without `If-Match`.";
    TooManyRequests Wait "Quá số yêu cầu mỗi phút (`RateLimit` cho biết còn bao nhiêu), hoặc đăng nhập sai nhiều lần." "Over the requests a minute (`RateLimit` tells what is left), or after repeated failed log-ins.";
    HeadersTooLarge Mend "Phần đầu yêu cầu quá khoảng 128 kB hoặc 96 dòng." "The headers are over about 128 kB or 96 lines.";
    Internal Report "Lỗi của chúng tôi; nguyên nhân nằm trong nhật ký dưới mã yêu cầu." "A failure of ours; the cause stands in the log under the request id.";
    Unavailable Wait "Đang khởi động, đang dừng, quá tải, hoặc cơ sở dữ liệu không trả lời." "Starting, stopping, overloaded, or the database does not answer.";
    StorageFull Report "Đĩa của máy chủ đã đầy; đọc vẫn được." "The server's disk is full; reading still works.";

    Required Mend "Thiếu một trường hoặc tham số bắt buộc." "A required member or parameter is absent.";
    UnknownField Mend "Nội dung có trường mà tài liệu không nêu; thường là viết sai tên." "The body has a member the document does not name; mostly a typing error.";
    UnknownParameter Mend "Địa chỉ có tham số mà thao tác này không biết." "The address has a parameter this operation does not know.";
    Repeated Mend "Một tham số xuất hiện hai lần; nhiều giá trị thì ngăn bằng dấu phẩy." "A parameter appears twice; several values go with commas.";
    WrongType Mend "Ví dụ chuỗi ký tự ở chỗ cần số." "For example a text where a number is needed.";
    Malformed Mend "Giá trị không đọc được: ngày không có thật, số, con trỏ, phần đầu." "The value cannot be read: a day that does not exist, a number, a cursor, a header.";
    BadCharacter Mend "Có ký tự điều khiển, ký tự đổi chiều chữ hoặc ký tự nối vô hình." "There is a control character, one that reorders text, or an invisible joiner.";
    LimitOutOfRange Mend "`limit` hoặc `depth` ngoài khoảng; hệ thống không tự cắt bớt." "`limit` or `depth` is out of range; it is not cut down in silence.";
    CursorMismatch StartOver "Con trỏ được cấp cho danh sách, bộ lọc hoặc người đọc khác." "The cursor was given for another list, other filters or another reader.";
    NotSortable Mend "`sort` nêu trường không sắp xếp được." "`sort` names a member one cannot sort by.";

    TooLong Mend "Chuỗi dài hơn `max` ký tự." "The text has more than `max` characters.";
    TooShort Mend "Chuỗi ngắn hơn `min` ký tự." "The text has fewer than `min` characters.";
    TooMany Mend "Danh sách dài hơn `max` mục." "The list has more than `max` items.";
    OutOfRange Mend "Số hoặc ngày ngoài khoảng từ `min` đến `max`." "The number or day is not between `min` and `max`.";
    TooManyDecimals Mend "Số có nhiều chữ số thập phân hơn mức lưu được." "The number has more decimals than are kept.";
    UnknownValue Mend "Từ không có trong danh mục; `params.accepted` nêu danh mục." "The word is not in the list; `params.accepted` gives it.";
    UnknownReference Mend "Mã định danh trong nội dung chỉ tới bản ghi không có hoặc ngoài phạm vi." "An id in the body leads to no record, or to one outside the territory.";
    NotPermittedHere Mend "Giá trị hợp lệ ở nơi khác nhưng không ở đây; `params.why` nêu lý do." "The value is good elsewhere but not here; `params.why` says why.";
    DueBeforeStart Mend "`due_on` trước `start_on`." "`due_on` is before `start_on`.";
    EndBeforeStart Mend "Ngày kết thúc trước ngày bắt đầu." "An end is before its start.";
    InFuture Mend "Ngày của việc đã xảy ra lại ở sau hôm nay." "The day of something that happened is after today.";
    OutOfOrder Mend "Dữ liệu lịch sử kể một việc trước việc gần nhất của bản ghi." "Loaded history tells something before the record's last event.";
    ParentCycle Mend "Bản ghi sẽ nằm dưới chính nó, trực tiếp hoặc qua bản ghi khác." "The record would lie below itself, directly or through others.";
    ReasonRequired Mend "Trả lại, hủy, mở lại mà không nêu lý do." "Something is returned, cancelled or reopened without a reason.";
    MustMoveLater Mend "Xin gia hạn tới một ngày không muộn hơn hạn hiện tại." "An extension asks for a day that is not after the current due date.";
    WeakPassword Mend "Mật khẩu phổ biến hoặc giống tên đăng nhập." "The password is a common one or like the user name.";
    WrongPassword Mend "Đổi mật khẩu với mật khẩu hiện tại sai." "The password is changed with a wrong current one.";
    UnreadableNumber Mend "Chuỗi không phải số, ký hiệu văn bản của Đảng hay của Nhà nước; `params.why` nêu chỗ không đọc được." "The text is no document number in the Party's or the State's form; `params.why` says what is wrong.";
    UnreadableFigure Mend "Chuỗi không phải một số viết theo lối Việt Nam (`1.234,5`, `98,62 %`, `trên 650 hộ`), hoặc không hợp với chỉ tiêu; `params.why` nêu lý do." "The text is no figure written in the Vietnamese manner (`1.234,5`, `98,62 %`, `trên 650 hộ`), or does not suit the indicator; `params.why` says why.";
    AmbiguousFigure Mend "Lối Việt Nam và lối Anh đọc ra hai số khác nhau, nêu ở `params.vietnamese` và `params.english`." "The Vietnamese and the English manner give two numbers, which `params.vietnamese` and `params.english` give.";
    RuleBroken Mend "Số liệu trong báo cáo trái một quy tắc mức lỗi của mẫu." "Figures of a report break a rule of the form that is an error.";
    NeedsExplanation Mend "Số liệu khác thường, ngoài khoảng hoặc trái quy tắc mức cảnh báo; ghi `note` ở dòng đó rồi nộp lại." "A figure is unusual, out of its range or against a rule that warns; say why in the line's `note` and hand in again.";
    NeedsAnswer Mend "Báo cáo từng bị trả lại với ý kiến ở dòng này; ghi `answer` hoặc sửa số liệu." "The report was returned with a comment on this line; give an `answer` or change the figure.";
    MayNotBeEmpty Mend "Chuỗi rỗng, hoặc null ở chỗ phải có giá trị." "The text is blank, or null stands where a value must be.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_explained() {
        for code in Code::ALL {
            for text in [code.when_vi(), code.when_en(), code.remedy().vi(), code.remedy().en()] {
                assert!(text.ends_with('.'), "error/advice.rs lacks a line for {}: {text:?}", code.slug());
                assert!(text.matches('`').count() % 2 == 0, "{text}");
            }
        }
    }
}
