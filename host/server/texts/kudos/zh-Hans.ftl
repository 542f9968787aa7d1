# 人与人之间的感谢：消息和页面怎么说。$name 是致谢的人。

kudos-says = { $name } 说：
kudos-thanks = { $name } 向你致谢。
kudos-others = { $name } 向 { $to } 致谢。
kudos-link = 全部感谢 →

kudos-word-help = 谢谢你的帮助。
kudos-word-well-handled = 处理得很好，那一个不容易。
kudos-word-great-work = 今天做得很棒。
kudos-word-learned = 今天我从你那里学到了东西。
kudos-word-good-hands = 客户交给你，很让人放心。
kudos-word-hard-morning = 刚才那一阵很难，你一直很沉着。
kudos-word-glad-here = 今天不容易。有你在真好。

page-thanks-word = 感谢
page-thanks-title = 我想感谢谁？
page-thanks-link = 去致谢，看我的全部感谢
page-thanks-say = 致谢
page-thanks-given-n = 本月已送出 { $n } 次感谢，共可送 { $limit } 次。
page-thanks-whom = 感谢谁？
page-thanks-nobody = 目前名册上没有你团队的其他人。
page-thanks-to = 感谢 { $name }
page-thanks-ready = 点一下就送出这句话，以对方的语言显示。
page-thanks-own-words = 或者用你自己的话
page-thanks-own-words-help = 最多 280 个字。只有你们两人以及带领或管理团队的人能看到。
page-thanks-reviewed = 送出之前，带领团队的人会先看一遍。
page-thanks-send = 送出
page-thanks-somebody-else = 换一个人
page-thanks-got = 我收到的感谢
page-thanks-got-none = 同事对你的感谢会出现在这里。
page-thanks-given = 我送出的感谢
page-thanks-given-none = 你感谢过的人会出现在这里。
page-thanks-hidden = 已隐藏
page-thanks-hide = 隐藏
page-thanks-show = 重新显示
page-thanks-report = 举报
page-thanks-report-help = 带领团队的人会看一看。写的人不会知道你举报了。
page-thanks-state-held = 等待放行
page-thanks-state-reported = 已举报
page-thanks-state-removed = 已移除
page-thanks-done-sent = 你的感谢已经送出。
page-thanks-done-held = 你的感谢已保存，有人看过后就会送出。
page-thanks-done-hide = 已隐藏。它在列表末尾，可以从那里重新显示。
page-thanks-done-show = 已重新显示。
page-thanks-done-report = 已举报。会有人看。

page-kudos-title = 哪些感谢需要我处理？
page-kudos-none = 没有感谢在等你。
page-kudos-n-wait = 有 { $n } 条感谢在等你
page-kudos-waiting = 等待中
page-kudos-held = 送出之前
page-kudos-reported = 已举报
page-kudos-between = { $from } 致 { $to }
page-kudos-let-through = 放行
page-kudos-keep = 保留
page-kudos-bring-back = 恢复
page-kudos-remove = 移除
page-kudos-removed = 已移除
page-kudos-reason-help = 致谢的人会看到。
page-kudos-what = 如果设置了审阅，同事写的话会在这里等待；被举报的也在这里。现成的话从不需要等待。
page-kudos-done-keep = 可以看到了。
page-kudos-done-remove = 已移除。可以在下面恢复。

page-console-problem-kudos-limit = 你本月的感谢次数已经用完。下个月重新开始。
page-console-problem-kudos-to-oneself = 感谢是送给别人的。
page-console-problem-bad-kudos = 请选一句话，或写最多 280 个字。
page-console-problem-own-kudos = 这条感谢是你送出或收到的：要由别人来决定。
