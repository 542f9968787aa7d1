former-colleague = 前同事
colleague = 一位同事

points = { $n } 积分
units = { $n } { $currency }

granted-points = { $called ->
    [none] 你获得 { points }。
   *[other] { $called }，你获得 { points }。
}
granted-units = { $called ->
    [none] 你获得 { units }。
   *[other] { $called }，你获得 { units }。
}
granted-badge = { $called ->
    [none] 这是“{ $what }”徽章。
   *[other] { $called }，这是你的“{ $what }”徽章。
}
granted-prize = { $called ->
    [none] 你赢得了“{ $what }”。
   *[other] { $called }，你赢得了“{ $what }”。
}
team-points = { $team } 获得 { points }。
team-units = { $team } 获得 { units }。
team-badge = { $team } 赢得“{ $what }”徽章。
team-prize = { $team } 赢得“{ $what }”。

changed-more = 数据有更正：现在是 { $what }，比之前多 { $n }。
changed-less = 数据有更正：现在是 { $what }，比之前少 { $n }。
changed-same = 数据有更正：现在是 { $what }。

reversed = 数据有更正，以下奖励不再有效：{ $what }。
reversed-fact = 当时的原因是：{ $because }

withheld-allotment = 你达到了 { $what } 的条件，但“{ $incentive }”的预算已用完。
withheld-quota = 你达到了 { $what } 的条件，但名额已满。
withheld-disqualified = { $what } 未发放：你目前不参加“{ $incentive }”。
withheld-stock = 你达到了 { $what } 的条件，但已无库存。
withheld-refused = { $what } 未获批准。
withheld-other = { $what } 暂不发放。
withheld-fact = 详情请问你的团队负责人。
withheld-team-allotment = { $team } 达到了 { $what } 的条件，但“{ $incentive }”的预算已用完。
withheld-team-quota = { $team } 达到了 { $what } 的条件，但名额已满。
withheld-team-disqualified = { $what } 未发放：{ $team } 目前不参加“{ $incentive }”。
withheld-team-stock = { $team } 达到了 { $what } 的条件，但已无库存。
withheld-team-refused = { $team } 的 { $what } 未获批准。
proposed = { $what } 正在等待批准。
approved = { $what } 已获批准。

closed = “{ $incentive }”（{ $period }）已结束。
closed-once = “{ $incentive }”已结束。
closed-podium = 领先者：{ $podium }。
closed-empty = 这次没有人上榜。
final = “{ $incentive }”（{ $period }）的结果已最终确定。
final-once = “{ $incentive }”的结果已最终确定。
final-fact = 结果不会再自行变化。
place = { $rank }. { $name }
won = { $name }：{ $what }
and-more = 另有 { $n } 位
week = { NUMBER($year, useGrouping: "false") }年第{ NUMBER($week, useGrouping: "false") }周

sealed = “{ $draw }”的奖券已封存。
sealed-fact = 名单的 SHA-256，可用于日后核对抽奖：{ $hash }
held = “{ $incentive }”已抽奖。
held-winners = 中奖者：{ $winners }。
held-none = 这次没有人持有奖券。
drawn-again = “{ $draw }”空出一个名额，已由下一位递补。
drawn-again-none = 没有可递补的人。

paused = “{ $incentive }”已暂停，其规则需要检查。
paused-fact = 不会丢失任何数据：期间发生的一切稍后都会计入。

news = { $n } 条消息

why = 查看原因 →
board = 查看榜单 →
check = 核对抽奖 →

mail-greeting = { $called ->
    [none] 你好：
   *[other] { $called }，你好：
}
mail-footer = 本邮件由 Plaudit 发送，因为你参加了所在联络中心的激励活动。请勿回复。

# 关于账号的邮件。
account-invitation-subject = 你的 Plaudit 账号
account-invitation = 已为你建立账号。选择密码即可登录。
account-invitation-link = 选择密码
account-invitation-not-me = 如果这不是你所期待的，请不要理会：没有密码，谁也不能使用这个账号。
account-reset-subject = Plaudit 新密码
account-reset = 有人（可能是你）要求设置新密码。
account-reset-link = 选择新密码
account-reset-not-me = 如果不是你，请不要理会：密码保持不变。
account-changed-subject = 你的 Plaudit 密码已修改
account-changed = 你的账号密码已修改，之前的登录全部退出。
account-changed-not-me = 如果不是你，请立即告知贵处负责 Plaudit 的人员。
account-link-days = 链接只能用一次，{ $n } 天内有效。
account-link-hours = 链接只能用一次，{ $n } 小时内有效。
