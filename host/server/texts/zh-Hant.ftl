former-colleague = 前同事
colleague = 一位同事

points = { $n } 點
units = { $n } { $currency }

granted-points = { $called ->
    [none] 你獲得 { points }。
   *[other] { $called }，你獲得 { points }。
}
granted-units = { $called ->
    [none] 你獲得 { units }。
   *[other] { $called }，你獲得 { units }。
}
granted-badge = { $called ->
    [none] 這是「{ $what }」徽章。
   *[other] { $called }，這是你的「{ $what }」徽章。
}
granted-prize = { $called ->
    [none] 你贏得了「{ $what }」。
   *[other] { $called }，你贏得了「{ $what }」。
}
team-points = { $team } 獲得 { points }。
team-units = { $team } 獲得 { units }。
team-badge = { $team } 贏得「{ $what }」徽章。
team-prize = { $team } 贏得「{ $what }」。

changed-more = 資料有更正：現在是 { $what }，比之前多 { $n }。
changed-less = 資料有更正：現在是 { $what }，比之前少 { $n }。
changed-same = 資料有更正：現在是 { $what }。

reversed = 資料有更正，以下獎勵不再有效：{ $what }。
reversed-fact = 當時的原因是：{ $because }

withheld-allotment = 你達到了 { $what } 的條件，但「{ $incentive }」的預算已用完。
withheld-quota = 你達到了 { $what } 的條件，但名額已滿。
withheld-disqualified = { $what } 未發放：你目前不參加「{ $incentive }」。
withheld-stock = 你達到了 { $what } 的條件，但已無庫存。
withheld-refused = { $what } 未獲核准。
withheld-other = { $what } 暫不發放。
withheld-fact = 詳情請洽你的團隊負責人。
withheld-team-allotment = { $team } 達到了 { $what } 的條件，但「{ $incentive }」的預算已用完。
withheld-team-quota = { $team } 達到了 { $what } 的條件，但名額已滿。
withheld-team-disqualified = { $what } 未發放：{ $team } 目前不參加「{ $incentive }」。
withheld-team-stock = { $team } 達到了 { $what } 的條件，但已無庫存。
withheld-team-refused = { $team } 的 { $what } 未獲核准。
proposed = { $what } 正在等待核准。
approved = { $what } 已獲核准。

closed = 「{ $incentive }」（{ $period }）已結束。
closed-once = 「{ $incentive }」已結束。
closed-podium = 領先者：{ $podium }。
closed-empty = 這次沒有人上榜。
final = 「{ $incentive }」（{ $period }）的結果已最終確定。
final-once = 「{ $incentive }」的結果已最終確定。
final-fact = 結果不會再自行變化。
place = { $rank }. { $name }
won = { $name }：{ $what }
and-more = 另有 { $n } 位
week = { NUMBER($year, useGrouping: "false") }年第{ NUMBER($week, useGrouping: "false") }週

sealed = 「{ $draw }」的獎券已封存。
sealed-fact = 名單的 SHA-256，可供日後核對抽獎：{ $hash }
held = 「{ $incentive }」已抽獎。
held-winners = 中獎者：{ $winners }。
held-none = 這次沒有人持有獎券。
drawn-again = 「{ $draw }」空出一個名額，已遞補抽出。
drawn-again-none = 沒有可遞補的人。

paused = 「{ $incentive }」已暫停，其規則需要檢查。
paused-fact = 不會遺失任何資料：期間發生的一切稍後都會計入。

news = { $n } 則消息

why = 查看原因 →
board = 查看榜單 →
check = 核對抽獎 →

mail-greeting = { $called ->
    [none] 你好：
   *[other] { $called }，你好：
}
mail-footer = 本郵件由 Plaudit 寄出，因為你參加了所屬聯絡中心的獎勵活動。請勿回覆。

# 關於帳號的郵件。
account-invitation-subject = 你的 Plaudit 帳號
account-invitation = 已為你建立帳號。選擇密碼即可登入。
account-invitation-link = 選擇密碼
account-invitation-not-me = 如果這不是你所期待的，請不要理會：沒有密碼，誰也不能使用這個帳號。
account-reset-subject = Plaudit 新密碼
account-reset = 有人（可能是你）要求設定新密碼。
account-reset-link = 選擇新密碼
account-reset-not-me = 如果不是你，請不要理會：密碼保持不變。
account-changed-subject = 你的 Plaudit 密碼已變更
account-changed = 你的帳號密碼已變更，之前的登入全部登出。
account-changed-not-me = 如果不是你，請立即告知貴處負責 Plaudit 的人員。
account-link-days = 連結只能用一次，{ $n } 天內有效。
account-link-hours = 連結只能用一次，{ $n } 小時內有效。
